namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Compares ids as EF does with its target and with those in its history. EF applies in a different order:
/// that of the program's migrations, which <see cref="KnownMigration.Find"/> sorts as EF does. Ids with the
/// same timestamp can differ in it: cultures sort <c>_</c> before all letters.
/// </summary>
internal static class MigrationIdComparer
{
    public static StringComparer Default => StringComparer.OrdinalIgnoreCase;
}
