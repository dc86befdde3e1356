import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const END_OF_HEADERS = '\r\n\r\n';
const STATUS_OFFSET = 'HTTP/1.1 '.length;

/**
 * One HTTP connection to this machine with one request at a time. It reads only status and length of a response: a
 * complete client would use more of the processor than the measured server.
 */
export class KeepAliveConnection {
  private received = '';
  private answer: { resolve(status: number): void; reject(error: Error): void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').setNoDelay();
    socket.on('data', (text: string) => this.receive(text));
    // the `close` event follows and is handled
    socket.on('error', () => undefined);
    socket.on('close', () => this.answer?.reject(new Error('the server has closed the connection')));
  }

  static async open(port: number): Promise<KeepAliveConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new KeepAliveConnection(socket);
  }

  /** @returns the status of the response */
  exchange(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.answer = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.answer = undefined;
    this.socket.destroy();
  }

  private receive(text: string): void {
    this.received += text;
    const headers = this.received.indexOf(END_OF_HEADERS);
    if (headers < 0) return;
    const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(this.received) ?? [];
    if (this.received.length < headers + END_OF_HEADERS.length + Number(length)) return;
    const status = Number(this.received.slice(STATUS_OFFSET, STATUS_OFFSET + 3));
    this.received = '';
    this.answer?.resolve(status);
  }
}
