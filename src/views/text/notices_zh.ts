/** The same in Simplified Chinese. */
import { SERVER_ONLY } from "../../trace/explain/zh/words.ts";
import type { enNotices } from "./notices_en.ts";

export const zhNotices: typeof enNotices = {
  crashed: (message, sql) =>
    `模拟器出错：${message}。已重新启动，并重放了${sql === "" ? "全部内容。" : `这条语句之前的一切：${sql}`}`,
  partMissing: "这里需要模拟器的另一部分，但没能加载。网络通吗？之前的内容都没有变。",
  retry: "重试",
  clientCommand: (command: string) =>
    `${command} 是 mysql 客户端的命令，不是 SQL，服务器看不到它。${
      command === "source" || command === "\\."
        ? "请把文件里的语句粘贴到编辑器中。"
        : command === "exit" || command === "quit" || command === "\\q"
          ? "卡片上的叉号可以关闭连接。"
          : "请去掉这一行。"
    }`,
  halted: (sql: string) =>
    sql === ""
      ? "已停止。页面上原来的内容都还在。"
      : `已停止：${sql} 没有执行。它之前的语句都已重新执行，没有丢失任何东西。`,
  notOpened: (message) => `无法打开。${message}`,
  stoppedWait: (session, left) => `${session} 正在等待，后面 ${left} 条语句没有执行。`,
  stoppedError: (session, left) => `${session} 出错，后面 ${left} 条语句没有执行。`,
  cannotRun: {
    waiting: (session) =>
      `${session} 正在等待，一个会话同一时间只能做一件事。让别的会话提交或回滚，让时间流逝，或者在别的会话里用 KILL QUERY 加它的连接号结束等待。`,
    busy: (session) =>
      `${session} 的程序还在处理结果（在某个调用里，或在处理某一行）。让时间流逝，或在“结果集传输”中修改客户端设置。`,
    gone: (session) => `${session} 的连接已关闭。运行语句时客户端会重新连接。`,
  },
  forked: (steps) =>
    `你回到过去并执行了别的语句。原来后面的 ${steps} 步还保存着，在页面顶部示例菜单的“其他分支”里。`,
  rewritten: (place) =>
    `第 ${place} 步已改写，其余语句按原来的顺序重新执行。改写之前的保存在示例菜单的“其他分支”里。`,
  compare: "与它对比",
  moved: "已移动，并重新执行了全部语句。",
  gap: "",
  notRun: {
    waiting: (place, session) => `第 ${place} 步没有执行：那时 ${session} 还在等待。`,
    gone: (place, session) => `第 ${place} 步没有执行：${session} 的连接已关闭。`,
  },
  notRunMarked: "时间线上用红叉标出，“执行顺序”面板里能看到它们的位置。",
  notRunMore: (more) => `另有 ${more} 步也没有执行。`,
  oldTexts: (sessions) => `${sessions.join("、")} 的编辑器里仍是原来的书写顺序。`,
  between: "；",
  woken: (session, outcome, isError) =>
    isError ? `${session} 的语句失败：${outcome}` : `${session} 继续执行：${outcome}`,
  serverOnly: (errno) => {
    const told = SERVER_ONLY[errno];
    return told === undefined ? "" : `（这个错误${told}）`;
  },
  badLink: {
    version:
      "这个链接是由更新版本的页面生成的。刷新页面即可获得新版本；在此之前，先打开你原来的内容。",
    damaged: "链接已损坏：传递途中丢失或改变了一部分。请从来源处重新复制。",
    large: "链接里的内容太多，页面不打开。",
    scenario: "链接里没有本页认识的场景。",
    unknown: "这个地址里的示例名不存在。全部示例和课程地图都在左上角的菜单里。",
  },
  notKept:
    "浏览器不替本页保存任何东西：存储已满或被禁止。功能都正常，但刷新会丢失你做的内容；可以用链接保存。",
  update: "本页有新版本。",
  updateNow: "现在使用",
  updateHint: "页面会重新加载；你输入和运行过的内容都会保留。",
  dismiss: "关闭",
};
