import type { PipeTransform } from '@nestjs/common';
import { ApiException } from '#json-api';
import { CART_ERRORS } from '../carts/carts.errors.js';

/** The id of the cart that items belong to: 400 / 104 for an empty path segment. */
export class CartIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!id) throw new ApiException(CART_ERRORS.cartIdMissing);
    return id;
  }
}
