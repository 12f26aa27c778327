using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Settings: values of any type under a key, stored as JSON.</summary>
/// <remarks>
/// Thread-safe, and safe to use alongside other processes; each call creates a context. Names in the JSON are camelCase.
/// </remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the settings.</param>
public sealed class SettingsRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    private const string Trimmed =
        "System.Text.Json finds out by reflection how the value looks: keep its type, and set JsonSerializerIsReflectionEnabledByDefault.";

    /// <summary>Finds the value of a key with the version of its format; null if the key was never set.</summary>
    /// <exception cref="SettingFormatException">
    /// The stored value cannot be read as <typeparamref name="T"/>.
    /// </exception>
    [RequiresUnreferencedCode(Trimmed)]
    public async Task<SettingValue<T>?> GetAsync<T>(string key, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        var row = await context
            .Settings.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Key == key, cancellationToken)
            .ConfigureAwait(false);
        return row is null ? null : new(Read<T>(row), row.SchemaVersion, row.UpdatedAt);
    }

    /// <summary>Stores a value under a key, whether or not the key was set before.</summary>
    /// <param name="key">Dotted lower-case words such as <c>ingest.chunk_size</c>.</param>
    /// <param name="value">Any value that System.Text.Json can write.</param>
    /// <param name="schemaVersion">The version of the value's own format, starting at 1.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    [RequiresUnreferencedCode(Trimmed)]
    public async Task SetAsync<T>(
        string key,
        T value,
        int schemaVersion = 1,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(schemaVersion, 1);
        var json = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        await context
            .ExecuteAsync(
                "settings",
                $"""
                INSERT INTO {context.Table("settings")} (key, value, schema_version, created_at, updated_at)
                VALUES (@key, @value, @schema_version, @created_at, @updated_at)
                ON CONFLICT (key) DO UPDATE
                SET value = excluded.value, schema_version = excluded.schema_version, updated_at = excluded.updated_at
                """,
                [
                    ("key", key),
                    ("value", json),
                    ("schema_version", schemaVersion),
                    ("created_at", now),
                    ("updated_at", now),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Lists all settings with their values as JSON, sorted by key.</summary>
    public async Task<IReadOnlyList<Setting>> ListAsync(CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Settings.AsNoTracking()
            .OrderBy(row => row.Key)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Deletes a setting.</summary>
    /// <returns>False if the key was not set.</returns>
    public async Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
                .Settings.Where(row => row.Key == key)
                .ExecuteDeleteAsync(cancellationToken)
                .ConfigureAwait(false) == 1;
    }

    [RequiresUnreferencedCode(Trimmed)]
    private static T? Read<T>(Setting row)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(row.Value, JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            throw new SettingFormatException(row.Key, row.SchemaVersion, typeof(T), e);
        }
    }
}
