/** Text for HTML, SVG and XML. */

/** As text between tags, and as an attribute's value between double quotes. */
export function inMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
