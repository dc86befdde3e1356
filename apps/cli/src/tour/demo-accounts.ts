import { DEFAULT_DEMO_DATA, readDemoData } from '../demo-data/load.js';

export interface DemoAccount {
  /** The e-mail address. */
  readonly username: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface DemoCustomer extends DemoAccount {
  readonly customerReference: string;
}

export type AtLeastOne<T> = readonly [T, ...T[]];

/** A warehouse user and a warehouse that they are not assigned to. */
export interface OpenAssignment {
  readonly userUuid: string;
  readonly warehouseUuid: string;
}

export interface DemoAccounts {
  readonly customers: AtLeastOne<DemoCustomer>;
  /** Users of the Back Office. */
  readonly users: AtLeastOne<DemoAccount>;
  /** Those of them who may remove the MFA of others. */
  readonly administrators: AtLeastOne<DemoAccount>;
  readonly openAssignment: OpenAssignment;
  readonly offer: Offer;
}

/** What the demo shop sells, and how. */
export interface Offer {
  readonly store: string;
  readonly currency: string;
  /** Of a product that never runs out. */
  readonly sku: string;
  readonly idShipmentMethod: number;
  readonly payment: { readonly paymentProviderName: string; readonly paymentMethodName: string };
}

/** What the tour reads of the demo data's file. */
interface DemoData {
  readonly customers: readonly (Omit<DemoCustomer, 'username'> & { readonly email: string })[];
  readonly users: readonly (DemoAccount & {
    readonly uuid: string;
    readonly roles: readonly string[];
    readonly isWarehouseUser: boolean;
  })[];
  readonly warehouses: readonly { readonly uuid: string }[];
  readonly warehouseUserAssignments: readonly OpenAssignment[];
  readonly stores: readonly { readonly name: string; readonly defaultCurrency: string }[];
  readonly products: readonly { readonly sku: string; readonly neverOutOfStock: boolean }[];
  readonly shipmentMethods: readonly { readonly id: number }[];
  readonly paymentMethods: readonly Offer['payment'][];
}

/** The accounts of the project's own demo shop. */
export async function readDemoAccounts(): Promise<DemoAccounts> {
  const data = (await readDemoData(DEFAULT_DEMO_DATA)) as DemoData;
  return {
    customers: atLeastOne(data.customers.map((customer) => ({ ...customer, username: customer.email }))),
    users: usersWith('back-office', data),
    administrators: usersWith('administrator', data),
    openAssignment: openAssignmentIn(data),
    offer: offerIn(data),
  };
}

function usersWith(role: string, { users }: DemoData): AtLeastOne<DemoAccount> {
  return atLeastOne(users.filter(({ roles }) => roles.includes(role)));
}

function atLeastOne<T>([first, ...others]: readonly T[]): AtLeastOne<T> {
  if (first === undefined) throw new TypeError('the demo data has customers, Back Office users and administrators');
  return [first, ...others];
}

function offerIn({ stores, products, shipmentMethods, paymentMethods }: DemoData): Offer {
  const [store] = stores;
  const [shipment] = shipmentMethods;
  const [method] = paymentMethods;
  const sku = products.find(({ neverOutOfStock }) => neverOutOfStock)?.sku;
  if (!store || !shipment || !method || !sku) throw new TypeError('the demo data has a shop that sells something');
  const { paymentProviderName, paymentMethodName } = method;
  return {
    store: store.name,
    currency: store.defaultCurrency,
    sku,
    idShipmentMethod: shipment.id,
    payment: { paymentProviderName, paymentMethodName },
  };
}

function openAssignmentIn({ users, warehouses, warehouseUserAssignments: assignments }: DemoData): OpenAssignment {
  const userUuid = users.find(({ isWarehouseUser }) => isWarehouseUser)?.uuid;
  const taken = assignments.filter((one) => one.userUuid === userUuid).map((one) => one.warehouseUuid);
  const warehouseUuid = warehouses.find(({ uuid }) => !taken.includes(uuid))?.uuid;
  if (!userUuid || !warehouseUuid) throw new TypeError('the demo data has a warehouse user with an open assignment');
  return { userUuid, warehouseUuid };
}
