using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Combines app_meta as of its last flush with events written since.</summary>
[TestFixture]
internal sealed class ImportAfterPowerFailureTests : CliTest
{
    [Test]
    public async Task Import_again_mends_a_log_that_names_a_lost_knowledge_base()
    {
        await LoseImportAsync();
        var lost = await RunAsync("validate");
        var again = await ImportAsync("--json");
        var mended = await RunAsync("validate");
        Assert.Multiple(() =>
        {
            Assert.That(lost.Code, Is.EqualTo(ExitCode.Invalid));
            Assert.That(again.Code, Is.EqualTo(ExitCode.Done), again.Error);
            Assert.That(again.Json.GetProperty("imported").GetInt32(), Is.EqualTo(2));
            Assert.That(again.Json.GetProperty("repairedEvents").GetInt32(), Is.EqualTo(1));
            Assert.That(mended.Code, Is.EqualTo(ExitCode.Done), mended.Error + mended.Out);
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Import_mends_what_an_earlier_version_had_imported_again_and_left()
    {
        await LoseImportAsync();
        await ImportAsync();
        Database.Execute(Events, "DELETE FROM events WHERE event_type = 'knowledge_base.deleted'");
        var left = await RunAsync("validate");
        var again = await ImportAsync("--json");
        var mended = await RunAsync("validate");
        var third = await ImportAsync("--json");
        Assert.Multiple(() =>
        {
            Assert.That(left.Code, Is.EqualTo(ExitCode.Invalid));
            Assert.That(again.Json.GetProperty("skipped").GetInt32(), Is.EqualTo(2));
            Assert.That(mended.Code, Is.EqualTo(ExitCode.Done), mended.Error + mended.Out);
            Assert.That(third.Json.GetProperty("repairedEvents").GetInt32(), Is.Zero);
            Assert.That(Database.Count(AppMeta, "knowledge_bases"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Import_mends_a_knowledge_base_that_was_lost_before_its_first_document()
    {
        await LoseImportAsync();
        Database.Execute(Events, "DELETE FROM events WHERE event_type = 'document.imported'");
        await ImportAsync();
        var mended = await RunAsync("validate");
        Assert.That(mended.Code, Is.EqualTo(ExitCode.Done), mended.Error + mended.Out);
    }

    [TestCase("other", "")]
    [TestCase("notes", "UPDATE events SET event_type = 'note.added' WHERE sequence_number = 2")]
    public async Task Import_leaves_the_stream_of_other_content_or_another_writer(string folder, string change)
    {
        await LoseImportAsync();
        Write("other/c.txt", "three");
        if (change.Length > 0)
        {
            Database.Execute(Events, change);
        }
        var result = await RunAsync("import", folder, "-k", "new");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Database.Count(Events, "events", "event_type = 'knowledge_base.deleted'"), Is.Zero);
        });
    }

    [Test]
    public async Task Import_flushes_what_an_event_names_before_the_event()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        using var commits = new CommitRecorder(DataDirectory);
        await ImportAsync();
        Assert.That(
            commits.Seen,
            Is.EqualTo(
                new[]
                {
                    "app_meta.db",
                    "app_meta.db flushed",
                    "events.db",
                    "app_meta.db",
                    "app_meta.db flushed",
                    "events.db",
                }
            )
        );
    }

    private Task<CliResult> ImportAsync(params string[] options) =>
        RunAsync(["import", "notes", "--knowledge-base", "notes", .. options]);

    private async Task LoseImportAsync()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        Write("notes/b.txt", "two");
        SqliteConnection.ClearAllPools();
        var flushed = PathTo("flushed.db");
        File.Copy(AppMeta, flushed);
        await ImportAsync();
        SqliteConnection.ClearAllPools();
        Assert.That($"{AppMeta}-wal", Does.Not.Exist);
        File.Move(flushed, AppMeta, overwrite: true);
    }

    /// <summary>Records EF's events of the contexts of one folder: the commits, and which of them flush.</summary>
    private sealed class CommitRecorder
        : IObserver<DiagnosticListener>,
            IObserver<KeyValuePair<string, object?>>,
            IDisposable
    {
        private readonly ConcurrentQueue<string> _seen = new();
        private readonly ConcurrentDictionary<Guid, bool> _flushing = new();
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];
        private readonly string _folder;

        public CommitRecorder(string folder)
        {
            _folder = folder;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public IEnumerable<string> Seen => _seen;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value.Value is CommandEventData { Command: { CommandText: var sql } } command
                && sql.StartsWith("PRAGMA synchronous = FULL;", StringComparison.Ordinal)
            )
            {
                _flushing[command.ConnectionId] = true;
            }
            else if (
                value.Key == RelationalEventId.TransactionCommitted.Name
                && value.Value is TransactionEndEventData end
            )
            {
                See(end);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) => _seen.Enqueue(error.Message);

        public void Dispose()
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Dispose();
            }
        }

        private void See(TransactionEndEventData end)
        {
            var file = end.Context!.Database.GetDbConnection().DataSource;
            if (Path.GetDirectoryName(file) == _folder)
            {
                _seen.Enqueue(
                    Path.GetFileName(file) + (_flushing.TryRemove(end.ConnectionId, out _) ? " flushed" : "")
                );
            }
        }
    }
}
