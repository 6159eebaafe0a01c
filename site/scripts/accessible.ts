/** Mends in TypeDoc's pages what axe finds in them: landmarks, the order of headings, links inside of summaries. */
import { deflateSync, inflateSync } from "node:zlib";

export function accessible(html: string): string {
  const levels: number[] = [];
  return html
    .replace("</head>", '<link rel="icon" href="data:,"/></head>')
    .replace('<div class="col-content">', '<div class="col-content" role="main">')
    .replace('<div class="col-sidebar">', '<div class="col-sidebar" role="complementary" aria-label="Contents">')
    .replaceAll(/<summary[^]*?<\/summary>/g, withoutLinks)
    .replaceAll(/<h([1-6])(?=[ >])/g, (tag, level: string) => {
      while ((levels.at(-1) ?? 0) >= Number(level)) levels.pop();
      levels.push(Number(level));
      return levels.length === Number(level) ? tag : `${tag} aria-level="${levels.length}"`;
    });
}

/** A summary opens and closes: a link in it is text, and the sign of a permanent link is not there. */
const withoutLinks = (summary: string): string =>
  summary
    .replaceAll(/<a [^>]*class="tsd-anchor-icon"[^>]*>[^]*?<\/a>/g, "")
    .replaceAll(/<a [^>]*>([^]*?)<\/a>/g, "<span>$1</span>");

interface Place {
  readonly text: string;
  readonly path?: string;
  readonly children?: readonly Place[];
}

/** The menu of the pages: what opens is no link; the page that it led to is the first of what it holds. */
export function plainSummaries(script: string): string {
  const [, packed] = /"([^"]+)"/.exec(script)!;
  const places = JSON.parse(inflateSync(Buffer.from(packed!, "base64")).toString("utf8")) as Place[];
  const data = deflateSync(JSON.stringify(places.map(plain)), { level: 9 }).toString("base64");
  return script.replace(packed!, data);
}

function plain(place: Place): Place {
  if (place.children === undefined || place.path === undefined) return place;
  const { path: _, children, ...closed } = place;
  const { children: __, ...own } = place;
  return { ...closed, children: [own, ...children.map(plain)] };
}
