using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Testing;

/// <summary>The same damage gives the same findings on every engine: kind, table, id and count.</summary>
public abstract class DamageContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private ServiceProvider _services = null!;

    [SetUp]
    public async Task MigrateByTheEngine()
    {
        var services = new ServiceCollection();
        services
            .AddMigrator()
            .AddDatabase("notes", _ => Harness.Database(ContractRelease.Indexed))
            .AddRule(new SequenceRule("notes", "id"))
            .AddRule(
                new SqlRule(
                    "lengths",
                    [new RuleTable("notes", ["id", "text"])],
                    "SELECT id, 'changed' FROM notes WHERE length(text) > 20",
                    ValidationErrorKind.ChecksumMismatch
                )
            );
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<IMigrationManager>().MigrateAsync();
        Harness.AddNotes("three", "four", "five");
        Assert.That(await FindAsync(), Is.EqualTo(new[] { "0 errors" }));
    }

    [TearDown]
    public void EndServices() => _services.Dispose();

    [Test]
    public async Task Rows_that_refer_to_nothing()
    {
        Harness.BreakReference();
        Harness.BreakReference();

        Assert.That(
            await FindAsync(),
            Is.EqualTo(new[] { "2 errors", "OrphanedRecord notes 6", "OrphanedRecord notes 7" })
        );
    }

    [Test]
    public async Task Gaps_in_a_sequence()
    {
        Harness.Execute("DELETE FROM notes WHERE id IN (2, 4)");

        Assert.That(await FindAsync(), Is.EqualTo(new[] { "2 errors", "SequenceGap notes 3", "SequenceGap notes 5" }));
    }

    [Test]
    public async Task Content_that_does_not_match_its_checksum()
    {
        Harness.Execute("UPDATE notes SET text = 'this is more than was written' WHERE id = 4");

        Assert.That(await FindAsync(), Is.EqualTo(new[] { "1 errors", "ChecksumMismatch notes 4" }));
    }

    [Test]
    public async Task A_changed_line_of_the_history()
    {
        Harness.Execute(
            $"UPDATE __migrator_history SET checksum = 'x' WHERE version = '{ContractVersion.AddGreeting}'"
        );

        Assert.That(
            await FindAsync(),
            Is.EqualTo(
                new[]
                {
                    "2 errors",
                    $"ChecksumMismatch - {ContractVersion.AddGreeting}",
                    "HistoryTampered __migrator_history 2",
                }
            )
        );
    }

    [Test]
    public async Task A_missing_index()
    {
        Harness.Execute("DROP INDEX ix_notes_text");

        Assert.That(await FindAsync(), Is.EqualTo(new[] { "1 errors", "SchemaMismatch notes ix_notes_text" }));
    }

    [Test]
    public async Task A_changed_default()
    {
        Harness.Execute(
            "DROP TABLE settings; CREATE TABLE settings (id integer NOT NULL PRIMARY KEY, kind text NOT NULL DEFAULT 'other')"
        );

        Assert.That(await FindAsync(), Is.EqualTo(new[] { "1 errors", "SchemaMismatch settings kind" }));
    }

    [Test]
    public async Task A_missing_table_and_an_unexpected_one()
    {
        Harness.Execute("DROP TABLE settings; CREATE TABLE strange (id integer)");

        Assert.That(
            await FindAsync(),
            Is.EqualTo(new[] { "1 errors", "MissingTable settings -", "UnexpectedTable strange" })
        );
    }

    private async Task<IEnumerable<string>> FindAsync()
    {
        var summary = await _services.GetRequiredService<DataValidator>().ValidateAsync(CheckDepth.Full);
        var report = summary.Reports.Single();
        return
        [
            $"{report.ErrorCount} errors",
            .. report
                .Errors.Select(error => $"{error.Kind} {error.Table ?? "-"} {error.Id ?? "-"}")
                .Order(StringComparer.Ordinal),
            .. report
                .Warnings.Where(warning =>
                    warning.Kind is not (ValidationWarningKind.PerformanceIssue or ValidationWarningKind.NotChecked)
                )
                .Select(warning => $"{warning.Kind} {warning.Table ?? "-"}"),
        ];
    }
}
