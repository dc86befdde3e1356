import { Injectable } from '@nestjs/common';
import type { CodeDelivery, SendsCodes } from '#mfa';

/** Where pigeons bring codes to: the newest code of each account. */
export const loft = new Map<string, string>();

/** A second method, for customers alone: codes by pigeon. */
@Injectable()
export class PigeonMethod implements SendsCodes {
  readonly name = 'pigeon';
  readonly offeredTo = ['customer'] as const;
  readonly amr = ['otp'] as const;

  async send({ recipient, code }: CodeDelivery): Promise<void> {
    loft.set(recipient.email, code);
  }
}
