namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// How EF compares an id with its target and with those of its history. The order in which it applies is another: that of the program's migrations,
/// which <see cref="KnownMigration.Find"/> sorts as EF does. Ids of one time stamp differ in it: a culture has <c>_</c> before all letters.
/// </summary>
internal static class MigrationIdComparer
{
    public static StringComparer Default => StringComparer.OrdinalIgnoreCase;
}
