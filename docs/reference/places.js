/**
 * A plugin of typedoc. A function that takes Python's places and names has a parameter `...places`, which stands for
 * several. Their `@param` lines become a list under it. Of overloads, each keeps the lines of its own parameters.
 */
import { CommentTag, Converter, ReflectionKind } from "typedoc";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const kinds = ReflectionKind.CallSignature | ReflectionKind.ConstructorSignature;
    for (const signature of project.getReflectionsByKind(kinds)) listPlaces(signature);
  });
}

/** @param {import("typedoc").SignatureReflection} signature */
function listPlaces({ comment, parameters = [], parent }) {
  if (comment === undefined) return;
  const rest = parameters.find(({ flags }) => flags.isRest);
  const names = new Set(parameters.map(({ name }) => name));
  const isForeign = ({ tag, name }) => tag === "@param" && !names.has(name);
  const foreign = comment.blockTags.filter(isForeign);
  if (foreign.length === 0) return;
  if (rest === undefined) {
    const others = new Set(parent.signatures.flatMap((overload) => overload.parameters ?? []).map(({ name }) => name));
    comment.blockTags = comment.blockTags.filter((tag) => !isForeign(tag) || !others.has(tag.name));
    return;
  }
  const own = comment.getTag("@param", rest.name);
  const text = own?.content ?? [];
  for (const { name, content } of foreign) text.push({ kind: "text", text: `\n- \`${name}\`: ` }, ...content);
  comment.blockTags = comment.blockTags.filter((tag) => tag !== own && !isForeign(tag));
  const tag = new CommentTag("@param", text);
  tag.name = rest.name;
  comment.blockTags.push(tag);
}
