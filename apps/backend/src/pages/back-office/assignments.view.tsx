import type { CountedPage } from '#json-api';
import { Checkbox, ErrorSummary, Facts, Field, Note, Pager, Select, Table, type Problems, type Texts } from '#pages';
import type { Warehouse } from '../../warehouse-user-assignments/warehouse.entity.js';
import type { Assignment } from '../../warehouse-user-assignments/warehouse-user-assignments.repository.js';

const PATH = '/back-office/assignments';

interface AssignmentListProps {
  readonly texts: Texts;
  readonly assignments: readonly Assignment[];
  readonly page: CountedPage;
  readonly canCreate: boolean;
  readonly isDeleted: boolean;
}

export function AssignmentList({ texts, assignments, page, canCreate, isDeleted }: AssignmentListProps) {
  const { assignments: words, columns } = texts.backOffice;
  return (
    <>
      <h1>{words.title}</h1>
      {isDeleted && <Note kind="good">{words.deleted}</Note>}
      {canCreate && (
        <p>
          <a class="button" href={`${PATH}/new`}>
            {words.create}
          </a>
        </p>
      )}
      {assignments.length > 0 && (
        <Table
          caption={words.title}
          head={[columns.name, columns.email, columns.warehouse, columns.status]}
          rows={assignments.map(({ uuid, user, warehouse, isActive }) => [
            <a key={uuid} href={`${PATH}/${uuid}`}>{`${user.firstName} ${user.lastName}`}</a>,
            user.username,
            warehouse.name,
            isActive ? words.active : words.inactive,
          ])}
        />
      )}
      <Pager texts={texts} page={page} path={PATH} query={{}} />
    </>
  );
}

export interface AssignmentFields {
  readonly username: string;
  /** Its uuid. */
  readonly warehouse: string;
  readonly isActive: boolean;
}

interface AssignmentFormProps {
  readonly texts: Texts;
  readonly fields: AssignmentFields;
  readonly warehouses: readonly Warehouse[];
  readonly problems: Problems;
}

export function AssignmentForm({ texts, fields, warehouses, problems }: AssignmentFormProps) {
  const { assignments: words, columns } = texts.backOffice;
  return (
    <>
      <h1>{words.create}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={`${PATH}/new`} data-step-up>
        <Field
          name="username"
          label={words.user}
          hint={words.userHint}
          problems={problems}
          input={{ type: 'email', value: fields.username, autocomplete: 'off', maxLength: 100 }}
        />
        <Select
          name="warehouse"
          label={columns.warehouse}
          problems={problems}
          value={fields.warehouse}
          none={words.choose}
          options={warehouses.map(({ uuid, name }) => [uuid, name])}
        />
        <Checkbox name="isActive" problems={problems} isChecked={fields.isActive}>
          {words.activeHint}
        </Checkbox>
        <button>{words.create}</button>
      </form>
    </>
  );
}

interface AssignmentPageProps {
  readonly texts: Texts;
  readonly assignment: Assignment;
  readonly problems: Problems;
  readonly isSaved: boolean;
  readonly canDelete: boolean;
  /** The page asks whether it shall be deleted. */
  readonly isDeletion: boolean;
}

export function AssignmentPage(props: AssignmentPageProps) {
  const { texts, assignment, problems, isSaved, isDeletion } = props;
  const { assignments: words, columns, saved } = texts.backOffice;
  const { user, warehouse, isActive } = assignment;
  return (
    <>
      <h1>{isDeletion ? words.delete : words.one}</h1>
      {isSaved && <Note kind="good">{saved}</Note>}
      <ErrorSummary problems={problems} texts={texts} />
      <section class="card">
        <Facts
          facts={[
            [columns.name, `${user.firstName} ${user.lastName}`],
            [columns.email, user.username],
            [columns.warehouse, warehouse.name],
            [columns.status, isActive ? words.active : words.inactive],
          ]}
        />
      </section>
      {isDeletion ? <Deletion {...props} /> : <Change {...props} />}
      <p>
        <a href={PATH}>{words.back}</a>
      </p>
    </>
  );
}

function Change({ texts, assignment: { uuid, isActive }, canDelete }: AssignmentPageProps) {
  const { assignments: words } = texts.backOffice;
  return (
    <form method="post" action={`${PATH}/${uuid}`} data-step-up>
      <p>{isActive ? words.deactivateHint : words.activateHint}</p>
      <p class="row">
        <button name="isActive" value={isActive ? 'false' : 'true'}>
          {isActive ? words.deactivate : words.activate}
        </button>
        {canDelete && (
          <a class="button danger" href={`${PATH}/${uuid}/delete`}>
            {words.delete}
          </a>
        )}
      </p>
    </form>
  );
}

function Deletion({ texts, assignment: { uuid } }: AssignmentPageProps) {
  const { assignments: words, cancel } = texts.backOffice;
  return (
    <form method="post" action={`${PATH}/${uuid}/delete`} data-step-up>
      <p class="row">
        <button class="danger">{words.delete}</button>
        <a class="button quiet" href={`${PATH}/${uuid}`}>
          {cancel}
        </a>
      </p>
    </form>
  );
}
