using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>The JSON settings of a lock's holder, with generated code, which also works in a trimmed program.</summary>
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LockHolderJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new LockHolderJson(),
    };

    public static JsonTypeInfo<LockHolder> Format => (JsonTypeInfo<LockHolder>)Settings.GetTypeInfo(typeof(LockHolder));
}
