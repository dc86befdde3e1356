import type { PipeTransform } from '@nestjs/common';
import { ApiException } from '#json-api';
import { CART_ERRORS } from '../carts/carts.errors.js';

/** The id of the cart in the path. An empty segment gets 400 / 104. */
export class CartIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!id) throw new ApiException(CART_ERRORS.cartIdMissing);
    return id;
  }
}
