namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class DryRunTests : CliTest
{
    [Test]
    public async Task Dry_run_of_old_databases_tells_what_would_happen_and_leaves_no_trace()
    {
        await MigrateAsync();
        await RunAsync("rollback", "SeedSettings", "--database", "app_meta", "--yes");
        Rows.AddSetting(AppMeta, "mine");
        var before = FolderImage.Of(Folder);

        var result = await RunAsync("migrate", "--dry-run", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Json.GetProperty("dryRun").GetBoolean());
            Assert.That(result.Json.GetProperty("backupId").GetString(), Is.Null);
            Assert.That(
                result.Json.GetProperty("databases")[0].GetProperty("migrations").GetArrayLength(),
                Is.EqualTo(6)
            );
            var rehearsal = result.Json.GetProperty("rehearsal");
            Assert.That(
                rehearsal.Names(),
                Is.EqualTo(new[] { "success", "error", "rows", "peakDiskBytes", "durationMs" })
            );
            Assert.That(rehearsal.GetProperty("success").GetBoolean());
            Assert.That(
                rehearsal.GetProperty("peakDiskBytes").GetInt64(),
                Is.GreaterThan(new FileInfo(AppMeta).Length)
            );
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Dry_run_tells_people_that_nothing_was_changed_and_which_tables_have_other_rows()
    {
        await MigrateAsync();
        await RunAsync("rollback", "IndexLookups", "--database", "app_meta", "--yes");

        var result = await RunAsync("migrate", "--dry-run");

        Assert.Multiple(() =>
        {
            Assert.That(result.OutLines, Has.Some.Match("^app_meta +settings +0 +4$"));
            Assert.That(result.OutLines[^1], Does.Match("^7 migrations succeeded on copies .* Nothing was changed.$"));
        });
    }

    [Test]
    public async Task Dry_run_without_databases_makes_no_folder()
    {
        var result = await RunAsync("migrate", "--dry-run");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
        Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);
    }

    [Test]
    public async Task Dry_run_with_nothing_pending_says_so()
    {
        await MigrateAsync();

        var result = await RunAsync("migrate", "--dry-run");

        Assert.That(
            result.OutLines,
            Is.EqualTo(new[] { "Every database is up to date: there is nothing to rehearse." })
        );
    }

    [Test]
    public async Task Dry_run_of_what_fails_ends_with_4_and_says_that_the_databases_were_not_touched()
    {
        await MigrateAsync();
        await RunAsync("rollback", "NormaliseEvents", "--database", "events", "--yes");
        // A check constraint that the next migration adds rejects data written past the release's own code.
        Database.Execute(
            Events,
            "INSERT INTO aggregate_snapshots (aggregate_id, aggregate_type, sequence_number, snapshot_data, created_at) VALUES ('a', 't', 1, '{no', '2026-01-01T00:00:00.0000000Z')"
        );
        var before = FolderImage.Of(Folder);

        var result = await RunAsync("migrate", "--dry-run", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed), result.Out);
            Assert.That(result.Json.GetProperty("success").GetBoolean(), Is.False);
            Assert.That(result.Json.GetProperty("error").GetString(), Does.EndWith("were not touched."));
            Assert.That(result.Json.GetProperty("rehearsal").GetProperty("success").GetBoolean(), Is.False);
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Dry_run_after_an_interrupted_run_is_refused_until_that_is_put_back()
    {
        await MigrateAsync();
        await RunAsync("rollback", "NormaliseEvents", "--database", "events", "--yes");
        await DeadRun.LeaveAsync(DataDirectory, "events");

        var result = await RunAsync("migrate", "--dry-run");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Refused), result.Error);
        Assert.That(result.Error, Does.Contain("Recover, then try again."));
    }
}
