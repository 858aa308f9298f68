/** The manual in Chinese. */
import {
  BLOCK,
  code,
  ELEMENT,
  FRAME,
  type ManualText,
  MESSAGES,
  METHODS,
  table,
  text,
} from "./manual_text.ts";

export const zh: ManualText = {
  title: "作者手册",
  lead: "把演练场放进自己的文章，从自己的页面控制它，并了解它能做什么、不能做什么。",
  back: "回到演练场",
  copy: "复制",
  names: { examples: "示例", guided: "引导课程" },
  here: {
    title: "把当前所见变成文章里的代码",
    lead: "就是你离开演练场时的场景，附带文字和一张图，供不运行脚本的读者、订阅源和打印使用。",
    code: "文章里的代码",
    waits: "等待中",
    panels: "面板",
    panelNames: { sessions: "会话", index: "索引与锁", versions: "版本", waits: "谁在等谁" },
    theme: "颜色",
    lang: "语言",
    reader: "随读者",
  },
  sections: [
    {
      id: "minute",
      title: "一分钟嵌入",
      parts: [
        text(
          "把这几行放进任何 HTML：博客、维基、幻灯片。脚本约 4 KB；演练场本身在快要滚动到时才加载。",
        ),
        code(ELEMENT),
        text(
          "元素里面的内容在演练场出现之前显示，打印时也显示。不用这个元素，普通的框架也可以，只是高度固定：",
        ),
        code(FRAME.replace("Why does the INSERT wait?", "INSERT 为什么要等？")),
        text(
          "它不抢滚动，也不抢焦点。读者点进去之后，按键与页面上相同：方向键走一个事件，加 Shift 走一条语句，Home、End 到两端，空格播放，Ctrl+Z 撤销刚执行的语句。",
        ),
      ],
    },
    {
      id: "block",
      title: "文章里本来就有的代码块",
      parts: [
        text(
          "带 data-interleave 属性的代码块，或语言为 interleave 的 Markdown 围栏，在能运行脚本的地方变成演练场，在别处仍是代码块。第一个会话之前的语句用来建表；单独一行的会话注释对其后的语句都有效，写在语句后面则只对那条语句有效；+3 s 表示过去 3 秒。打开时停在各会话做完之后、purge 之前；要看的地方在中间时用 at 指明：下面这一段里，第 3 步之后 B 在等待，到末尾已没有人等待。",
        ),
        code(BLOCK.replace("Who waits?", "谁在等？")),
        text(
          "紧跟在代码块后面的 <img data-interleave-picture> 属于这个代码块：不运行脚本的地方和纸上会看到它。",
        ),
      ],
    },
    {
      id: "attributes",
      title: "属性",
      parts: [
        table(
          ["属性", "取值", "不写时"],
          [
            ["lesson", "引导课程或示例的名字，见下面的列表", ""],
            ["title", "给自己的场景起的名字，显示在上方", "课程的名字；否则 Interleave"],
            ["scenario", "用链接按钮得到的链接，或其中 #s= 之后的部分", ""],
            ["src", "场景文件或 SQL 文本的地址；由你的页面读取", ""],
            ["panels", "sessions、index、versions、waits", "随课程而定；否则 sessions, index"],
            ["theme", "light、dark、auto", "auto：随读者的系统"],
            ["lang", "en、zh", "随读者的浏览器"],
            [
              "at",
              "3：第 3 步之后；0：建表之后；e12：第 12 个事件之后；p2：引导课程的第 2 节",
              "末尾，文本和场景文件停在各会话做完之后；引导课程则从头开始",
            ],
            ["editable", "no：读者不能运行自己的语句", "yes"],
            ["autoplay", "yes：从头播放，除非读者希望减少动画", "no"],
            ["height", "像素，至少 100：保持这个高度，内容在里面滚动", "与显示的内容一样高"],
            ["sandbox", "使用没有来源的框架；值会原样传递", "不加沙箱"],
          ],
        ),
        text(
          "普通框架的地址片段使用同样的名字，但没有 src、height 和 sandbox。没有意义的值当作没写，你的页面的控制台里会有说明。",
        ),
        text(
          "打不开时（没有这个名字的课程、链接损坏、src 不存在、代码块里没有会话、建表语句出错），你的页面的控制台会说明原因，元素发出 interleave-error，元素里的内容保留，上面多一行说明；空元素则显示框架，由框架说明。",
        ),
        text(
          "引导课程带有自己的文字：先说明接下来做什么，请读者预测，读者按下按钮后才运行语句，再展示服务器做了什么。在那之前什么也不运行，所以 at 为 3 时打开的是第 3 步之后的那一节，autoplay 不起作用。示例打开时所有语句都已运行。",
        ),
        { kind: "names" },
      ],
    },
    {
      id: "messages",
      title: "消息",
      parts: [
        text(
          "元素有方法和事件；普通框架用 postMessage 通信。每条消息都带 interleave: 1，即这份约定的版本。框架只与嵌入它的窗口通信，并且只与打过招呼的来源通信。",
        ),
        code(METHODS),
        code(MESSAGES),
        table(
          ["消息", "来自", "字段"],
          [
            ["ready", "框架", "greeted、panels；开始监听时，以及回应 hello 时"],
            ["hello", "页面", ""],
            ["load", "页面", "lesson、link、text、scenario 之一"],
            ["step", "页面", "by：event 或 statement（默认）；back：true 表示后退"],
            [
              "goto",
              "页面",
              "position（事件数）、step，或 to：start 或 end；超出最后一个时回应 error",
            ],
            [
              "state",
              "框架",
              "position、length、step、steps、playing、sessions（name、status、waitsFor）、sentence",
            ],
            ["outcome", "框架", "session、sql、kind（rows、ok、error、lost）、errno、output"],
            ["resize", "框架", "height，CSS 像素"],
            [
              "error",
              "框架",
              "message，用框架的语言；about：open（打不开）、message（看不懂：类型未知，字段缺少或有误）、place（没有这一步或这个事件，或已在那一端）。后两种情况下什么也没有改变",
            ],
          ],
        ),
      ],
    },
    {
      id: "links",
      title: "链接和课程",
      parts: [
        text(
          "链接按钮复制指向当前所见的链接：表、语句、时间位置、选中项、布局和语言。一切都在地址片段里，任何服务器都收不到；以前生成的链接一直可以打开。#/lesson/名字 打开一个示例；lessons/名字.html 是同样的内容，另带标题、描述和图片，供搜索引擎和聊天软件使用。",
        ),
      ],
    },
    {
      id: "files",
      title: "文件，以及别处的脚本和测试",
      parts: [
        text(
          "用菜单“文件”打开，把文件拖到页面任何地方，或在编辑器之外粘贴文本。格式会自动识别；略去或改写了什么，会连同行号一起说明，打开之前还可以修改文本。撤销可以找回原来的内容。",
        ),
        table(
          ["可以打开", "读取的内容"],
          [
            [".interleave、.json、.jsonl", "场景、场景列表、录制记录"],
            [
              "注释里写有会话名的 SQL",
              "语句后面的 BEGIN; -- T1（hermitage 的写法）、上面的 -- session A、前面的 /* client a */；-- +3 s 让时间流逝",
            ],
            ["A> BEGIN", "每条语句前写会话名；--- 之后的内容跳过"],
            ["Markdown", "标题下的 SQL 代码块，以及每个会话一列的表格"],
            ["mysqltest", "connect、connection、send、reap、--error，以及值写明的 let"],
            [
              "isolation tester 的 spec",
              "每个 permutation；PostgreSQL 的 SQL 在含义相同时改写成 MySQL 的写法",
            ],
            [
              "InnoDB 的死锁日志",
              "MySQL 5.7 到 9 的 SHOW ENGINE INNODB STATUS、其中的 LATEST DETECTED DEADLOCK 一节，或错误日志：变成一个会走到同样死锁的场景。一并贴上 SHOW CREATE TABLE 的输出，行就能准确解读；没有它，表结构只能推测。日志没有说的都是补上的，并逐条列出",
            ],
            ["YAML", "database-transactions 的场景文件"],
            ["Go", "go-mysql-server 的事务测试：Name、SetUpScript、Query"],
          ],
        ),
        table(
          ["可以导出", "用途"],
          [
            [".interleave", "可以再在这里打开：表、步骤、编辑器内容、时间位置（Ctrl+S）"],
            ["SQL", "一个文件、注释里写会话名，或每个会话一个文件"],
            ["mysqltest", "MySQL 自己的测试程序：等待过的语句用 send 和 reap"],
            ["Python", "在真实服务器上重放，每个会话一个线程，逐步比较；需要 pymysql"],
            ["文本", "每条语句和服务器的回答"],
            [
              "一个 HTML 文件",
              "场景或带正文的课程，连同整个服务器，都在一个 1.6 MB 的文件里，供没有网络的课堂使用：从硬盘或 U 盘打开即可",
            ],
          ],
        ),
        text(
          "画面可以存成不依赖任何其他文件的 SVG、三种大小的 PNG，也可以复制到剪贴板；任意一段过程可以存成 GIF、MP4 或 WebM，每条语句或每个事件一帧，语言和颜色任选。",
        ),
      ],
    },
    {
      id: "offline",
      title: "离线",
      parts: [
        text(
          "第一次访问之后，没有网络也能用，包括编辑器、两种语言和所有课程；可以从浏览器菜单安装，安装后能打开 .interleave 文件。生成视频和读取 YAML 所需的两个库，以及单个 HTML 文件的模板，首次使用后才会保存下来。有新版本时会提示；在你接受之前什么都不变，输入和运行过的内容也都保留。文章里的嵌入不会保存：没有网络时，元素里的文字仍在，embed.html 打不开。",
        ),
      ],
    },
    {
      id: "limits",
      title: "限制",
      parts: [
        table(
          ["内容", "多少"],
          [
            ["会话", "8 个：A 到 H"],
            ["链接里的语句", "2,000 条；链接 100,000 个字符，文本 1 MB"],
            ["一条语句查看的行", "1,000,000 行，超过则报错放弃"],
            ["不结束的语句", "20 秒后重新启动服务器"],
            ["代码块或消息的文本", "200,000 个字符"],
          ],
        ),
        text(
          "本站不向任何其他主机请求任何内容，内容安全策略也禁止这样做；所以 src 由你的页面读取。如果你的页面有自己的策略，请在 script-src 和 frame-src 里允许本站。读者输入的内容不会离开浏览器。嵌入的演练场什么也不保存：关闭页面就没有了。",
        ),
        text(
          "这是 MySQL 9.7 和 InnoDB 的模拟。它与真实服务器一致到什么程度，在“MySQL 对照”页面上逐个场景列出。",
        ),
      ],
    },
  ],
};
