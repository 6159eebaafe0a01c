/**
 * The entry point of optax: gradient transformations, optimizers, schedules and losses, with optax's names in camel
 * case.
 */
export * from "./optim/index.ts";
export * from "./absent/optax.ts";
