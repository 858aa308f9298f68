/** What of the schedule goes to the clipboard as text. */
import type { PageState } from "../../store/page_store.ts";
import { scheduleText } from "../session/schedule_text.ts";
import type { PaletteCommand } from "./palette_commands.ts";

const COPIES = [
  { form: "text", en: "Copy all results as text", zh: "复制全部结果为文本" },
  { form: "schedule", en: "Copy the schedule as SQL", zh: "复制执行顺序为 SQL" },
  {
    form: "markdown",
    en: "Copy the schedule as Markdown, with what happened at each step",
    zh: "复制为 Markdown：执行顺序和每一步的结果",
  },
  {
    form: "golden",
    en: "Copy the schedule with the answers, as text (golden script)",
    zh: "复制执行顺序和每条语句的结果（文本，可作测试的 golden 脚本）",
  },
] as const;

export function copyCommands(page: PageState): readonly PaletteCommand[] {
  return COPIES.map(({ form, en, zh }) => ({
    id: `copy ${form}`,
    en,
    zh,
    act: () => void textToCopy(form, page).then((text) => navigator.clipboard.writeText(text)),
  }));
}

/** SQL and golden scripts are those of the files. */
async function textToCopy(form: (typeof COPIES)[number]["form"], page: PageState): Promise<string> {
  if (form === "text") return scheduleText(page.script.scenario, page.timeline);
  const { exportedFiles } = await import("../files/exported_files.ts");
  return exportedFiles(form, page)
    .map(({ text }) => text)
    .join("\n");
}
