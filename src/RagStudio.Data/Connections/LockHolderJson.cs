using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>How the holder of a lock is read: by generated code, which a trimmed program has too.</summary>
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
