using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator;

/// <summary>Reads and writes the file without reflection, which a start would pay for.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(CompiledFile))]
internal sealed partial class CompiledJson : JsonSerializerContext;
