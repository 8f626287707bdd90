/** The language server of this window: started without anybody waiting for it, asked when it is there. */
import type { CancellationToken } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, WorkDoneProgressReport } from 'vscode-languageclient';

/** The library that speaks to the server. It is large: it is loaded after the activation. */
export interface Library {
  /** A client whose server is not started yet: a process of its own, or a web worker. */
  create(options: LanguageClientOptions): BaseLanguageClient;
  /** Calls `listen` with what a request reports under its token; ends with what is returned. */
  onReport(
    client: BaseLanguageClient,
    token: string,
    listen: (report: WorkDoneProgressReport) => void,
  ): { dispose(): void };
}

/** What shows the progress of a request, and cancels it. */
export interface Progress {
  readonly token: CancellationToken;
  report(report: WorkDoneProgressReport): void;
}

/** As much of the server as a command needs. */
export interface Server {
  /** Asks as soon as the server runs. Fails when it could not be started. */
  request<Answer>(method: string, parameters: object, progress?: Progress): Promise<Answer>;
}

interface Running {
  readonly library: Library;
  readonly client: BaseLanguageClient;
  readonly started: Promise<void>;
}

/** `PendingResponseRejected` of the library: every request of this extension asks only, and can be asked again. */
const connectionLost = -32097;

export class LanguageServer implements Server {
  private running: Promise<Running> | undefined;
  private count = 0;

  /**
   * `load`: gives the library; `options`: made anew for each start; `connect`: adds what the client listens to
   * before the server is started.
   */
  constructor(
    private readonly load: () => Promise<Library>,
    private readonly options: () => LanguageClientOptions,
    private readonly connect: (client: BaseLanguageClient) => void,
  ) {}

  /** Starts the server unless that was done. The library tells the user of a failure. */
  async start(): Promise<void> {
    this.running ??= this.launch(undefined);
    await (await this.running).started;
  }

  /** Ends the server that runs, if one does, and starts another. */
  async restart(): Promise<void> {
    this.running = this.launch(this.running);
    await this.start();
  }

  async request<Answer>(method: string, parameters: object, progress?: Progress): Promise<Answer> {
    try {
      return await this.ask<Answer>(method, parameters, progress);
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== connectionLost) throw error;
      // The server died under the question. The library starts another in this turn; that one is asked, once.
      await new Promise((resolve) => setTimeout(resolve));
      return this.ask<Answer>(method, parameters, progress);
    }
  }

  async dispose(): Promise<void> {
    await end(this.running);
  }

  private async ask<Answer>(method: string, parameters: object, progress?: Progress): Promise<Answer> {
    // A command may be what the extension was activated for: it comes before the start that the activation left for later.
    this.running ??= this.launch(undefined);
    const { library, client, started } = await this.running;
    await started;
    if (progress === undefined) return client.sendRequest<Answer>(method, parameters);
    const workDoneToken = `dockerfileStages.${this.count++}`;
    const listening = library.onReport(client, workDoneToken, (report) => progress.report(report));
    try {
      return await client.sendRequest<Answer>(method, { ...parameters, workDoneToken }, progress.token);
    } finally {
      listening.dispose();
    }
  }

  private async launch(before: Promise<Running> | undefined): Promise<Running> {
    await end(before);
    const library = await this.load();
    const client = library.create(this.options());
    this.connect(client);
    const started = client.start();
    // Whoever asks hears of a failure; where nobody asks it is not an unhandled one.
    started.catch(() => undefined);
    return { library, client, started };
  }
}

/** A server that never came up cannot be stopped: that is no reason not to start another. */
async function end(running: Promise<Running> | undefined): Promise<void> {
  try {
    const { client, started } = (await running) ?? {};
    await started;
    await client?.dispose();
  } catch {
    // It is not there.
  }
}
