/** Where a file of dist/ is. */
export function distUrl(file: string): string {
  return new URL(`../dist/${file}`, import.meta.url).href;
}
