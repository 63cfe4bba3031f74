/**
 * What is known of an object that a loose schema has read: its own keys, to be read alone. (What a later version has added is
 * kept with it, and is nobody's here.)
 */
export type Known<T> = T extends string | number | boolean
  ? T
  : T extends readonly unknown[]
    ? { readonly [I in keyof T]: Known<T[I]> }
    : T extends object
      ? { readonly [K in keyof T as Beyond<K, T[K]> extends true ? never : K]: Known<T[K]> }
      : T;

/** The keys that a loose schema lets pass, of which it says nothing. */
type Beyond<K, V> = string extends K ? (unknown extends V ? true : false) : false;
