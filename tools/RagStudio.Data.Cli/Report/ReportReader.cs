using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Reads the content of a report while others use the databases, without a lock or a write.</summary>
/// <param name="context">The context of the command.</param>
internal sealed class ReportReader(CommandContext context)
{
    private const int MaxHistory = 500;

    private static readonly TimeSpan LongestSchemaReading = TimeSpan.FromMinutes(1);

    /// <summary>Reads everything.</summary>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read at all.</exception>
    public async Task<ReportContent> ReadAsync(CancellationToken cancellationToken)
    {
        var status = await context.Output.WithProgressAsync(bar =>
            context.Manager.GetStatusAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        var history = await context.Manager.GetHistoryAsync(MaxHistory + 1, cancellationToken);
        return new ReportContent(
            context.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            context.Settings.Application is { } choice ? Path.GetFileName(choice.Assembly) : "RAG Studio",
            status,
            await ReadFilesAsync(cancellationToken),
            [.. history.Take(MaxHistory)],
            history.Count > MaxHistory,
            await TryAsync(() => ValidateAsync(cancellationToken)),
            await TryAsync(() => context.Manager.Backups.ListAsync(cancellationToken))
        );
    }

    private Task<ValidationSummary> ValidateAsync(CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context);
        var validator = context.Services.GetRequiredService<DataValidator>();
        return context.Output.WithProgressAsync(bar =>
            validator.ValidateAsync(CheckDepth.Quick, MigrationProgressText.On(bar), cancellationToken)
        );
    }

    private async Task<IReadOnlyList<ReportedFile>> ReadFilesAsync(CancellationToken cancellationToken)
    {
        var files = new List<ReportedFile>();
        foreach (var group in context.Services.GetServices<IMigrationDatabase>().GroupBy(one => one.Storage))
        {
            var (storage, databases) = (group.Key, group.ToArray());
            var schema = await TryAsync(() => ReadSchemaAsync(storage, databases, cancellationToken));
            var names = databases.Select(database => database.Name).ToArray();
            var exists = await storage.ExistsAsync(cancellationToken);
            var bytes = await storage.ReadSizeAsync(cancellationToken);
            files.Add(new ReportedFile(names, storage.DisplayName, exists, bytes, schema));
        }

        return files;
    }

    private static async Task<DatabaseSchema> ReadSchemaAsync(
        IDatabaseStorage storage,
        IMigrationDatabase[] databases,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await storage.OpenReaderAsync(cancellationToken);
        return reader is null
            ? DatabaseSchema.Empty
            : await reader.ReadSchemaAsync(databases, new WorkLimits(LongestSchemaReading, cancellationToken));
    }

    // The page shows what is missing and why. The state, without which it would be useless, is not read
    // through this method.
    private static async Task<Readable<T>> TryAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return new Readable<T>(await read());
        }
        catch (Exception error) when (error is MigrationException or TimeoutException or CommandException)
        {
            return new Readable<T>(null, error.Message);
        }
    }
}
