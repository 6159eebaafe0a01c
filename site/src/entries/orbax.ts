/** flaxen/orbax as one module, which the worker is handed when a program imports it. */
export * from "flaxen/orbax";
