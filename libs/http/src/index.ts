/** Controls who may call the routes of an app. Nothing else may be imported from this library. */
export {
  ACCESS,
  accessControl,
  type AccessControl,
  type AccessControlOptions,
  type AccessRequest,
  type AccessRule,
  type RouteOptions,
} from './access-control.js';
