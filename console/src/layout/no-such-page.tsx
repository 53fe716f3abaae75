import { GoTo } from '../shared/go-to.tsx';
import { PageTitle } from '../shared/page-title.tsx';

export function NoSuchPage() {
  return (
    <>
      <PageTitle title="There is no such page" />
      <p>
        The address may be cut short.{' '}
        <GoTo to="/" className="link-in-words link">
          Begin at your own page
        </GoTo>
        .
      </p>
    </>
  );
}
