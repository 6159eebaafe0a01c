/** The types of arguments that may stand by place or by name. */

/**
 * The types of places that may be left out, each of which may be the object of names instead, and that object:
 * `pad(x: ArrayLike, padWidth: PadWidth, ...places: Places<[mode: PadMode], PadOptions>)`.
 */
export type Places<Types extends readonly unknown[], Names> = [
  ...{ [I in keyof Types]?: Types[I] | Names },
  options?: Names,
];

/** An object of names, the words of a text, with their types in a list. */
type Named<Words extends string, Types extends readonly unknown[]> = Words extends `${infer Word} ${infer Rest}`
  ? Types extends readonly [infer First, ...infer Others]
    ? { readonly [Name in Word]: First } & Named<Rest, Others>
    : never
  : { readonly [Name in Words]: Types[0] };

/** Calls that give the last of the required places by name, one or more, with the options. */
type LastNamed<
  Required extends readonly unknown[],
  Words extends string,
  Options,
  Before extends readonly unknown[] = [],
> = Required extends readonly [infer First, ...infer Others]
  ? | [...Before, named: Named<Words, Required> & Options]
    | (Words extends `${string} ${infer Rest}` ? LastNamed<Others, Rest, Options, [...Before, First]> : never)
  : never;

/**
 * Like `Places`, with places in front that are required, of which the last may be in the object of names, too. Their
 * names are the words of a text:
 * `pad(x: ArrayLike, ...places: Given<[padWidth: PadWidth], "padWidth", [mode: PadMode], PadOptions>)`.
 */
export type Given<
  Required extends readonly unknown[],
  Words extends string,
  Types extends readonly unknown[] = [],
  Options = unknown,
> =
  | [
      ...required: Required,
      ...places: { [I in keyof Types]?: Types[I] | Options | undefined },
      ...options: unknown extends Options ? [] : [options?: Options | undefined],
    ]
  | LastNamed<Required, Words, Options>;
