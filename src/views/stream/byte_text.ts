/** A number of bytes as people read it: "0 B", "1448 B", "16 KB", "3.2 MB". Units of 1024. */
export function byteText(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
