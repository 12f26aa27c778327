using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Status;

/// <summary>
/// Finds databases that differ from what their applied migrations create. If nothing has changed since a run
/// found no difference, it reads the schema and builds no EF model.
/// </summary>
internal sealed class DriftReader(
    MigrationSet set,
    ExpectedSchemas expected,
    IProgress<MigrationProgress>? progress = null
)
{
    public static ILookup<string, string> None { get; } = Array.Empty<string>().ToLookup(text => text);

    /// <returns>By database name, a sentence for each difference.</returns>
    public async Task<ILookup<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var drift = new List<(string Database, string Sentence)>();
        foreach (var storage in set.Storages)
        {
            var reader = await storage.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
            if (reader is not null)
            {
                await using (reader.ConfigureAwait(false))
                {
                    drift.AddRange(await ReadAsync(storage, reader, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        return drift.ToLookup(pair => pair.Database, pair => pair.Sentence);
    }

    private async Task<IEnumerable<(string Database, string Sentence)>> ReadAsync(
        IDatabaseStorage storage,
        IStorageReader reader,
        CancellationToken cancellationToken
    )
    {
        var databases = set.In(storage);
        var limits = new WorkLimits(null, cancellationToken);
        var schema = await reader.ReadSchemaAsync(databases, limits).ConfigureAwait(false);
        var check = await SchemaCheck
            .CreateAsync(databases, reader, schema, expected, SchemaBasis.Fingerprint, Report, limits)
            .ConfigureAwait(false);
        // A schema that has changed since the last run is no drift: another program may share it.
        return check
            .Findings.SelectMany(finding => finding.First)
            .Select(error => (check.OwnerOf(error.Table), Sentence(error.Detail)));
    }

    private void Report(string database, long done, long total) =>
        progress?.Report(ReplayProgress.Schema(database, done, total));

    private static string Sentence(string detail) => $"{char.ToUpperInvariant(detail[0])}{detail[1..]}.";
}
