using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Checks the databases of a set without changing them, while other programs use them: structure, history, schema,
/// references, the application's rules, references across databases. Safe to use from several threads.
/// </summary>
public sealed class DataValidator
{
    private readonly MigrationSet _set;
    private readonly ExpectedSchemas _expected;
    private readonly MigrationOptions _options;
    private readonly TimeProvider _time;

    internal DataValidator(
        MigrationSet set,
        ExpectedSchemas expected,
        IOptions<MigrationOptions> options,
        TimeProvider time
    ) => (_set, _expected, _options, _time) = (set, expected, options.Value, time);

    /// <summary>Runs every check.</summary>
    /// <param name="depth">
    /// The depth of the structural check; <see langword="null"/> for <see cref="MigrationOptions.CheckDepth"/>.
    /// </param>
    /// <param name="progress">Reports each check of each database; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the validation within 100 ms, also within a query.</param>
    /// <returns>The findings. A database that does not exist has a report without checks.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    /// <exception cref="TimeoutException">
    /// The validation exceeded <see cref="MigrationOptions.ValidationTimeout"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<ValidationSummary> ValidateAsync(
        CheckDepth? depth = null,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var limits = new WorkLimits(_options.ValidationTimeout, cancellationToken);
        var trace = new CheckTrace(_set, step => progress?.Report(step), () => Activity.Current, _time);
        var validator = new SetValidator(_set, _expected, _options, _time, trace);
        // SQLite blocks the calling thread, which must not be a UI thread.
        return Task.Run(() => ValidateAsync(validator, depth ?? _options.CheckDepth, limits), CancellationToken.None);
    }

    private async Task<ValidationSummary> ValidateAsync(SetValidator validator, CheckDepth depth, WorkLimits limits)
    {
        var check = await CheckAsync(validator, depth, limits).ConfigureAwait(false);
        // A set with one database has no rules across databases; their name would equal that of the database.
        var across = _set.Rules.Any(rule => rule.IsAcross)
            ? check.Databases.FirstOrDefault(c => c.Database == _set.AcrossName)
            : null;
        if (across is { Findings.Count: > 0 })
        {
            // The databases were not read at the same instant: a write by another program between the two
            // reads looks like a broken reference once, but not twice.
            var again = await CheckAcrossAsync(validator, limits).ConfigureAwait(false);
            check = check.With(across with { Findings = Common(across, again) });
        }
        return new ValidationSummary(
            [.. check.Databases.Select(database => database.Report())],
            new RunJournal(_set.Journal).IsOpen()
        );
    }

    private async Task<SetCheck> CheckAsync(SetValidator validator, CheckDepth depth, WorkLimits limits)
    {
        var readers = await SetReaders.OpenAsync(_set, limits.Token).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            return await validator
                .CheckAsync(readers.Readers, readers.Unreadable, depth, _ => default, limits)
                .ConfigureAwait(false);
        }
    }

    private async Task<DatabaseCheck> CheckAcrossAsync(SetValidator validator, WorkLimits limits)
    {
        var readers = await SetReaders.OpenAsync(_set, limits.Token).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            var views = new Dictionary<IDatabaseStorage, StorageView>();
            foreach (var (storage, reader) in readers.Readers)
            {
                var schema = await reader.ReadSchemaAsync(_set.In(storage), limits).ConfigureAwait(false);
                views[storage] = new StorageView(reader, schema);
            }
            return await validator.CheckAcrossAsync(views, limits).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<ValidationFinding> Common(DatabaseCheck first, DatabaseCheck second) =>
        [.. second.Findings.Where(finding => first.Findings.Any(before => before.Key == finding.Key))];
}
