import type { CountedPage } from '#json-api';
import { ROLES, USER_STATUSES } from '#auth';
import { Field, Pager, Select, Table, type Texts } from '#pages';
import type { UserData } from '../../users/user.resource.js';

const PATH = '/back-office/users';

interface UserListProps {
  readonly texts: Texts;
  readonly users: readonly UserData[];
  readonly page: CountedPage;
  readonly typed: Readonly<Record<string, string>>;
}

export function UserList({ texts, users, page, typed }: UserListProps) {
  const { users: words, columns, statuses } = texts.backOffice;
  return (
    <>
      <h1>{words.title}</h1>
      <p>
        <a class="button" href={`${PATH}/new`}>
          {words.create}
        </a>
      </p>
      <UserFilters texts={texts} typed={typed} />
      {users.length > 0 && (
        <Table
          caption={words.title}
          head={[columns.name, columns.email, columns.roles, columns.status]}
          rows={users.map(({ uuid, firstName, lastName, username, roles, status }) => [
            <a key={uuid} href={`${PATH}/${uuid}`}>{`${firstName} ${lastName}`}</a>,
            username,
            roles.join(', '),
            statuses[status] ?? status,
          ])}
        />
      )}
      <Pager texts={texts} page={page} path={PATH} query={typed} />
    </>
  );
}

function UserFilters({ texts: { backOffice, lists }, typed }: Pick<UserListProps, 'texts' | 'typed'>) {
  const { columns, statuses } = backOffice;
  return (
    <form class="card" method="get" action={PATH} role="search">
      <div class="filters">
        {(['name', 'username'] as const).map((name) => (
          <Field
            key={name}
            name={name}
            label={name === 'name' ? columns.name : columns.email}
            problems={{}}
            input={{ type: 'search', value: typed[name] ?? '', maxLength: 200 }}
          />
        ))}
        <Select
          name="role"
          label={columns.role}
          problems={{}}
          value={typed['role'] ?? ''}
          none={lists.all}
          options={ROLES.map((role) => [role, role])}
        />
        <Select
          name="status"
          label={columns.status}
          problems={{}}
          value={typed['status'] ?? ''}
          none={lists.all}
          options={USER_STATUSES.map((status) => [status, statuses[status] ?? status])}
        />
      </div>
      <button>{lists.filter}</button>
    </form>
  );
}
