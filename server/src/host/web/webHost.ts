/** The host in a web worker: no disk (the editor reads files); tables of facts are fetched from the extension before the first answer. */
import { type TableName, tableNames } from '../../engine/facts/types.ts';
import type { Client } from '../client.ts';
import type { ServerHost } from '../serverHost.ts';
import { warmUp } from '../warmUp.ts';

export class WebHost implements ServerHost {
  readonly warmUp = warmUp;
  private readonly tables = new Map<TableName, string>();

  /** The text of a table; `undefined` when it could not be fetched: the engine then knows nothing of those images. */
  table(name: TableName): string | undefined {
    return this.tables.get(name);
  }

  /** Fetches every table. One that fails is left out and told to `log`. */
  async prepare({ resources }: Client, log: (message: string) => void): Promise<void> {
    if (resources === undefined) return;
    await Promise.all(
      tableNames.map(async (name) => {
        try {
          this.tables.set(name, await fetchText(`${resources}/facts/${name}.txt`));
        } catch (error) {
          log(`The facts ${name} could not be fetched: ${String(error)}`);
        }
      }),
    );
  }
}

async function fetchText(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return response.text();
}
