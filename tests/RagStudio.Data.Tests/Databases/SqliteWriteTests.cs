using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static RagStudio.Data.Tests.EventStreams;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

/// <summary>What repositories do in SQLite's own terms.</summary>
internal sealed class SqliteWriteTests : DatabaseTests
{
    private KnowledgeBaseRepository KnowledgeBases => new(Data.AppMeta, Data.Time);

    [Test]
    public async Task Append_takes_the_write_lock_before_it_reads()
    {
        var statements = await Data.Statements.RecordAsync(() => Data.EventStore.AppendAsync(Kb, [Event()]));

        Assert.That(statements.First(sql => !sql.StartsWith("PRAGMA")), Is.EqualTo("BEGIN IMMEDIATE;"));
    }

    [Test]
    public async Task Flush_commits_to_the_log_with_full_synchronous_and_leaves_the_setting_to_the_next_opening()
    {
        await KnowledgeBases.CreateAsync(KnowledgeBase());
        var log = $"{Data.AppMetaDatabase.Path}-wal";
        // Another connection prevents the log from being moved into the database when the last one is closed.
        using var other = Data.AppMeta.CreateDbContext();
        await other.Database.OpenConnectionAsync();

        var statements = await Data.Statements.RecordAsync(() => KnowledgeBases.FlushAsync());

        Assert.That(
            statements.Where(text => text.StartsWith("PRAGMA synchronous") || text is "BEGIN IMMEDIATE;" or "COMMIT;"),
            Is.EqualTo(new[] { "PRAGMA synchronous = FULL;", "BEGIN IMMEDIATE;", "COMMIT;" })
        );
        Assert.That(new FileInfo(log).Length, Is.Zero);
        using var next = Data.AppMeta.CreateDbContext();
        Assert.That(next.Database.SqlQueryRaw<long>("PRAGMA synchronous").AsEnumerable().Single(), Is.EqualTo(1));
        Assert.That(Data.CountInAppMeta("knowledge_bases"), Is.EqualTo(1));
    }

    [Test]
    public async Task Flush_leaves_the_log_to_a_reader_and_empties_it_when_the_reader_has_gone()
    {
        await KnowledgeBases.CreateAsync(KnowledgeBase());
        var log = new FileInfo($"{Data.AppMetaDatabase.Path}-wal");
        using var reader = new SqliteConnection($"Data Source={Data.AppMetaDatabase.Path};Pooling=False");
        reader.Open();
        using (var transaction = reader.BeginTransaction(deferred: true))
        using (var read = new SqliteCommand("SELECT count(*) FROM knowledge_bases", reader, transaction))
        {
            read.ExecuteScalar();
            await KnowledgeBases.CreateVersionAsync(KnowledgeBase());
            await KnowledgeBases.FlushAsync();
            log.Refresh();
            Assert.That(log.Length, Is.Positive);
        }

        await KnowledgeBases.FlushAsync();

        log.Refresh();
        Assert.That(log.Length, Is.Zero);
        Assert.That(Data.CountInAppMeta("knowledge_bases"), Is.EqualTo(2));
    }
}
