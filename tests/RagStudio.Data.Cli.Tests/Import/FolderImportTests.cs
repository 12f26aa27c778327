using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class FolderImportTests : CliTest
{
    private static readonly ImportRequest Request = new("notes", null, null, null);

    [Test]
    public async Task RunAsync_that_is_stopped_keeps_whole_batches_with_their_events()
    {
        await MigrateAsync();
        for (var file = 0; file < 250; file++)
        {
            Write($"notes/{file}.txt", $"text {file}");
        }
        using var cancelled = new CancellationTokenSource();
        var progress = new DirectProgress<ProgressStep>(step =>
        {
            if (step.Completed > 0)
            {
                cancelled.Cancel();
            }
        });
        var error = Assert.ThrowsAsync<CommandException>(() => ImportAsync(progress, cancelled.Token));
        Assert.Multiple(() =>
        {
            Assert.That(error!.ExitCode, Is.EqualTo(ExitCode.Cancelled));
            Assert.That(
                error.Message,
                Is.EqualTo("cancelled. 100 documents imported before are kept; run the import again for the rest.")
            );
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(100));
            Assert.That(Database.Count(Events, "events", "event_type = 'document.imported'"), Is.EqualTo(100));
        });
        var rest = await ImportAsync(progress: null, CancellationToken.None);
        Assert.That((rest.Imported, rest.Skipped, rest.Repaired), Is.EqualTo((150, 100, 0)));
    }

    [Test]
    public async Task RunAsync_refuses_a_file_that_was_changed_since_it_was_looked_at()
    {
        await MigrateAsync();
        Write("notes/a.txt", "before");
        var scan = await ScanAsync();
        Write("notes/a.txt", "after");
        Assert.That(
            async () => await ImportAsync(scan, progress: null, CancellationToken.None),
            Throws
                .TypeOf<CommandException>()
                .With.Message.EqualTo("'a.txt' was readable at first but no longer is: it has changed.")
        );
        Assert.That(Database.Count(AppMeta, "documents"), Is.Zero);
    }

    private Task<FolderScan> ScanAsync() =>
        FolderScan.ReadAsync(PathTo("notes"), progress: null, CancellationToken.None);

    private async Task<ImportSummary> ImportAsync(
        IProgress<ProgressStep>? progress,
        CancellationToken cancellationToken
    ) => await ImportAsync(await ScanAsync(), progress, cancellationToken);

    private async Task<ImportSummary> ImportAsync(
        FolderScan scan,
        IProgress<ProgressStep>? progress,
        CancellationToken cancellationToken
    )
    {
        var environment = new CliEnvironment(TextWriter.Null, TextWriter.Null, Folder, _ => null);
        var settings = new CliSettings(DataDirectory, SingleDatabase: false, null, null, null, null);
        await using var services = DataServices.Create(
            settings,
            environment,
            new CommandOutput(environment, default),
            null
        );
        var import = services.GetRequiredService<FolderImport>();
        return await import.RunAsync(Request, scan.Files, progress, cancellationToken);
    }
}
