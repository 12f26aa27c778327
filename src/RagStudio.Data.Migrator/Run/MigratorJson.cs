using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The JSON settings of the migrator's own files, with generated code, which also works in a trimmed program.
/// </summary>
[JsonSerializable(typeof(BackupSet))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(MigrationSummary))]
internal sealed partial class MigratorJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // With two values for one field, it would be unknown which one another reader used.
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new MigratorJson(),
    };

    /// <summary>Returns the metadata of a type declared above.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Settings.GetTypeInfo(typeof(T));
}
