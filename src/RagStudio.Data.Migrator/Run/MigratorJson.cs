using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RagStudio.Data.Migrator.Run;

/// <summary>How the migrator's own files are read and written: by generated code, which a trimmed program has too.</summary>
[JsonSerializable(typeof(BackupSet))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(MigrationSummary))]
internal sealed partial class MigratorJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Of two values for one field, no reader knows which one the other reader took.
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new MigratorJson(),
    };

    /// <summary>The format of a type that is named above.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Settings.GetTypeInfo(typeof(T));
}
