using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>Every context in both modes, with each of its migrations.</summary>
internal static class MigrationCases
{
    public static IEnumerable<TestCaseData> Contexts =>
        from contextType in new[] { typeof(AppMetaContext), typeof(EventsContext) }
        from singleDatabase in new[] { false, true }
        select new TestCaseData(contextType, singleDatabase);

    public static IEnumerable<TestCaseData> Steps =>
        from contextType in new[] { typeof(AppMetaContext), typeof(EventsContext) }
        from singleDatabase in new[] { false, true }
        from version in VersionsOf(contextType)
        select new TestCaseData(contextType, singleDatabase, version);

    public static string Before(DbContext context, string version) =>
        context.Database.GetMigrations().TakeWhile(id => id != version).LastOrDefault() ?? "0";

    private static List<string> VersionsOf(Type contextType)
    {
        using var databases = new UnmigratedDatabases();
        using var context = databases.Open(contextType);
        return [.. context.Database.GetMigrations()];
    }
}
