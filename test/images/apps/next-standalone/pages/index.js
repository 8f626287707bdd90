export default function Page() {
  return <h1>standalone</h1>;
}
