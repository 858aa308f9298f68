/** The words of the sheet that takes pictures, and those on the pictures. */
import type { Language } from "../../store/preferences.ts";
import type { MovieKind } from "./movie.ts";
import type { Part } from "./poster_parts.ts";
import type { RangeId } from "./ranges.ts";

const en = {
  title: "Take a picture",
  close: "Close",
  madeWith: "Interleave: InnoDB simulated, as MySQL 9.7 does it",
  setUp: "The tables have been set up; nothing has been run yet.",
  parts: {
    legend: "On it",
    index: "Indexes and locks",
    versions: "Versions",
    waits: "Waits",
    levels: "Lock levels",
    tables: "Lock tables",
    stream: "Result stream",
  } satisfies Record<Part | "legend", string> as Readonly<Record<Part | "legend", string>>,
  noParts: "Choose at least one part.",
  width: "Width",
  language: "Language",
  colours: "Colours",
  light: "light",
  dark: "dark",
  still: "Picture",
  moving: "Animation",
  scale: "PNG",
  madeSmaller: (own: number, width: number) =>
    `This needs ${own} px; it is made smaller to fit in ${width} px. A larger width or fewer parts keep the text larger.`,
  size: "Size",
  saveSvg: "Save SVG",
  savePng: "Save PNG",
  copy: "Copy as image",
  copied: "Copied",
  notCopied: "This browser does not let a page copy images. Save the PNG instead.",
  preview: "Preview",
  range: "Range",
  ranges: {
    all: "Everything",
    statement: "The statement here",
    ten: "Last ten events",
    tenHere: "Ten events up to here",
  } satisfies Record<RangeId, string> as Readonly<Record<RangeId, string>>,
  event: (nth: number) => `event ${nth}`,
  from: "From",
  to: "To",
  start: "set up",
  pace: "A frame for each",
  statements: "statement",
  events: "event",
  frameTime: "Time of a frame",
  seconds: (n: number) => `${n} s`,
  format: "Format",
  kinds: { gif: "GIF", mp4: "MP4", webm: "WebM" } satisfies Record<MovieKind, string> as Readonly<
    Record<MovieKind, string>
  >,
  noVideo:
    "MP4 and WebM need a library that is loaded when it is first used: not without a network.",
  frames: (count: number, seconds: number) =>
    `${count} ${count === 1 ? "frame" : "frames"}, ${seconds.toFixed(1)} s`,
  tooMany: (count: number, max: number) =>
    `${count} frames are too many; ${max} are the limit. Choose a shorter range, or a frame for each statement.`,
  make: "Make the animation",
  making: (done: number, of: number) => `Frame ${done} of ${of}`,
  cancel: "Cancel",
  cancelled: "Cancelled.",
  saved: (name: string, kb: number) => `Saved ${name}, ${kb} KB.`,
  ready: (kb: number) => `Ready, ${kb} KB.`,
  save: (name: string) => `Save ${name}`,
  failed: (message: string) => `That did not work: ${message}`,
  tooLarge: (size: string) =>
    `The picture would have ${size} pixels, more than a browser draws. Choose a smaller scale or fewer parts.`,
};

export type PictureWords = typeof en;

const zh: PictureWords = {
  title: "截图与动画",
  close: "关闭",
  madeWith: "Interleave：模拟 MySQL 9.7 的 InnoDB",
  setUp: "表已建好，还没有执行任何语句。",
  parts: {
    legend: "内容",
    index: "索引与锁",
    versions: "版本",
    waits: "等待",
    levels: "锁的层级",
    tables: "锁列表",
    stream: "结果集传输",
  },
  noParts: "至少选择一项内容。",
  width: "宽度",
  language: "语言",
  colours: "颜色",
  light: "浅色",
  dark: "深色",
  still: "图片",
  moving: "动画",
  scale: "PNG",
  madeSmaller: (own, width) =>
    `这些内容需要 ${own} px，已缩小到 ${width} px。选更大的宽度或更少的内容，文字会更大。`,
  size: "大小",
  saveSvg: "保存 SVG",
  savePng: "保存 PNG",
  copy: "复制为图片",
  copied: "已复制",
  notCopied: "这个浏览器不允许网页复制图片，请保存 PNG。",
  preview: "预览",
  range: "范围",
  ranges: {
    all: "全部",
    statement: "当前语句",
    ten: "最后十个事件",
    tenHere: "到此为止的十个事件",
  },
  event: (nth) => `事件 ${nth}`,
  from: "从",
  to: "到",
  start: "建表之后",
  pace: "每帧对应一个",
  statements: "语句",
  events: "事件",
  frameTime: "每帧时长",
  seconds: (n) => `${n} 秒`,
  format: "格式",
  kinds: { gif: "GIF", mp4: "MP4", webm: "WebM" },
  noVideo: "MP4 和 WebM 所需的库在首次使用时加载，没有网络时无法取得。",
  frames: (count, seconds) => `${count} 帧，${seconds.toFixed(1)} 秒`,
  tooMany: (count, max) => `${count} 帧太多，上限是 ${max} 帧。请缩短范围，或按语句取帧。`,
  make: "生成动画",
  making: (done, of) => `第 ${done} 帧，共 ${of} 帧`,
  cancel: "取消",
  cancelled: "已取消。",
  saved: (name, kb) => `已保存 ${name}，${kb} KB。`,
  ready: (kb) => `已生成，${kb} KB。`,
  save: (name) => `保存 ${name}`,
  failed: (message) => `没有成功：${message}`,
  tooLarge: (size) => `图片将有 ${size} 像素，超出浏览器能画的大小。请选较小的倍数或较少的内容。`,
};

export function pictureWords(language: Language): PictureWords {
  return language === "zh" ? zh : en;
}
