using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>The JSON settings of a lock's holder, with generated code, which also works in a trimmed program.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LockHolderJson : JsonSerializerContext;
