// Whether two types are the same, not merely assignable to each other.

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where it is told that something is so: `holds<Equal<A, B>>()`. */
export declare function holds<_Claim extends true>(): void;

export type { Equal };
