/** What `<interleave-playground>` says in the reader's language when nothing can be opened. */
const WORDS = {
  en: {
    failed: "This playground could not be opened: ",
    nothing: "the element names no lesson, scenario or src, and holds no code block",
    src: (source: string, why: string) => `src="${source}" could not be read: ${why}`,
    silent: (host: string) => `${host} cannot be reached, or may not run in a frame of this page`,
    again: "Try again",
  },
  zh: {
    failed: "这个演练场无法打开：",
    nothing: "元素没有写明 lesson、scenario 或 src，里面也没有代码块",
    src: (source: string, why: string) => `src="${source}" 无法读取：${why}`,
    silent: (host: string) => `无法连接 ${host}，或者本页面不允许它在框架里运行`,
    again: "重试",
  },
};

/** `language`: a language tag; Chinese of any kind, or else English. */
export function wordsIn(language: string): (typeof WORDS)["en"] {
  return /^zh/i.test(language) ? WORDS.zh : WORDS.en;
}
