// What a command takes, as a table: its help text and the parser come from it.

export interface Option {
  /** One line for the help text. */
  readonly help: string;
  /** What its value is called there, as DIR; an option without one is a switch. */
  readonly value?: string;
  /** The only values. */
  readonly choices?: readonly string[];
  /** It may be given several times. */
  readonly repeats?: true;
}

/** The words of a call beside its options. */
export interface Operands {
  /** As NOTEBOOK... */
  readonly name: string;
  readonly help: string;
  /** At least one is needed; without this none is. */
  readonly needed?: true;
  /** At most one. */
  readonly single?: true;
  /** Only what stands after `--`. */
  readonly afterDashes?: true;
}

export type Options = Readonly<Record<string, Option>>;

export interface Table {
  readonly summary: string;
  readonly operands?: Operands;
  readonly options: Options;
  /** Stands below the options. */
  readonly remark?: string;
}

/** The values of a call, by option. */
export type Values<Of extends Options> = {
  readonly [Name in keyof Of]?: Of[Name] extends { value: string; repeats: true }
    ? string[]
    : Of[Name] extends { value: string }
      ? string
      : boolean;
};

export interface Call<Of extends Table = Table> {
  readonly values: Values<Of['options']>;
  readonly operands: readonly string[];
}
