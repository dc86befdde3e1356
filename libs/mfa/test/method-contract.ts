import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wrongCode } from '#testing';
import { Shop, type Person } from './shop/shop.js';

/** What every method must do, whatever its way of sending codes. */
export function describeMethod(name: string): void {
  describe(`The method "${name}"`, () => {
    let shop: Shop;
    let person: Person;

    beforeAll(async () => {
      shop = await Shop.open();
    });
    afterAll(() => shop.close());

    it('is listed as disabled before it is set up', async () => {
      person = shop.person();
      expect(await person.status(name)).toBe(0);
    });

    it('is pending after activate, and asks for nothing yet', async () => {
      expect(await person.activate(name)).toBe('204');
      expect(await person.status(name)).toBe(1);
      expect(await person.order()).toBe('201');
    });

    it('is not verified by a wrong code', async () => {
      expect(await person.verify(wrongCode(person.code(name)), name)).toBe('403 5901');
      expect(await person.status(name)).toBe(1);
    });

    it('is active after verify with the code that it sent', async () => {
      expect(await person.verify(person.code(name), name)).toBe('204');
      expect(await person.status(name)).toBe(2);
    });

    it('sends codes of the configured length to the person alone', async () => {
      const other = shop.person();
      await other.activate(name);
      const code = await person.requestCode(name);
      expect(code).toMatch(/^\d{6}$/);
      expect(await other.verify(wrongCode(other.code(name)), name)).toBe('403 5901');
    });

    it('protects with its code, once, and again within the grant of the session', async () => {
      const elsewhere = person.inSession('elsewhere');
      expect(await elsewhere.order()).toBe('403 5900');
      const code = await elsewhere.requestCode(name);
      expect(await person.order(code)).toBe('403 5901');
      expect([await elsewhere.order(code), await elsewhere.order(code)]).toEqual(['201', '201']);
    });

    it('is deactivated with its own code', async () => {
      shop.clock.advance(3600);
      expect(await person.deactivate(await person.requestCode(name), name)).toBe('204');
      expect(await person.status(name)).toBe(0);
    });
  });
}
