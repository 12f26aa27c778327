using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator;

/// <summary>Writes a schema by code of the compiler: finding out by reflection how to would take longer than all else that a status does.</summary>
[JsonSerializable(typeof(DatabaseSchema))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
internal sealed partial class SchemaJson : JsonSerializerContext;
