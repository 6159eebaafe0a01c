/** The peers' package: this folder's, with a lock file of its own. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const HERE = fileURLToPath(new URL(".", import.meta.url));

const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** Installs the peers unless all are here; false if that fails. */
export function installPeers(): boolean {
  const isHere = Object.keys(dependencies).every((name) =>
    existsSync(new URL(`node_modules/${name}`, import.meta.url)),
  );
  return isHere || spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: HERE, stdio: "inherit" }).status === 0;
}

/** The libraries with their versions, as package.json pins them; flatbuffers writes LiteRT.js's models only. */
export function versions(): string[] {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  const pinned = Object.entries(dependencies).filter(([name]) => name !== "flatbuffers");
  return [`flaxen ${version}`, ...pinned.map(([name, number]) => `${name} ${number}`)];
}
