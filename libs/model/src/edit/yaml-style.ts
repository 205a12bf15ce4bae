/** How fresh text is laid out. */
export interface YamlStyle {
  /** Spaces by which a nested mapping or text block is set in. @default 2 */
  readonly indent: number;
  /** Whether the `-` of a sequence under a key is set in by `indent` too. @default true */
  readonly indentSequences: boolean;
  /** The quotes of a string that needs some and has none yet. @default 'double' */
  readonly quotes: 'single' | 'double';
  /** Inside brackets and braces: quotes only where needed, or around every key and string, as in JSON. @default 'plain' */
  readonly flowStrings: 'plain' | 'double';
}

export const defaultStyle: YamlStyle = { indent: 2, indentSequences: true, quotes: 'double', flowStrings: 'plain' };
