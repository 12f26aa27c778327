using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace RagStudio.Data.Cli;

/// <summary>What an assembly's symbols say about the source files of its types.</summary>
internal sealed class SymbolFile
{
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly Dictionary<SourceDocument, HashSet<string>> _types = [];

    private SymbolFile(MetadataReader assembly, MetadataReader symbols)
    {
        foreach (var handle in assembly.TypeDefinitions)
        {
            var type = OutermostOf(assembly, handle);
            foreach (var document in DocumentsOf(assembly, symbols, handle).Distinct())
            {
                Add(Read(symbols, document), type);
            }
        }
    }

    /// <summary>Reads the symbols in an assembly's file, or in the one beside it.</summary>
    /// <exception cref="CommandException">It has none.</exception>
    public static SymbolFile Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        if (!file.TryOpenAssociatedPortablePdb(assembly, OpenIfExists, out var provider, out _))
        {
            throw CommandException.Usage(
                $"'{assembly}' has no symbols (.pdb), which tell the source files of its migrations. Build it with DebugType portable or embedded."
            );
        }
        using (provider)
        {
            return new SymbolFile(file.GetMetadataReader(), provider!.GetMetadataReader());
        }
    }

    /// <summary>The files that contain a part of a type.</summary>
    public IEnumerable<SourceDocument> DocumentsOf(Type type) =>
        _types.Where(document => document.Value.Contains(type.FullName!)).Select(document => document.Key);

    /// <summary>The full names of the types of which a file contains a part, without those within others.</summary>
    public IReadOnlySet<string> TypesIn(SourceDocument document) => _types[document];

    private void Add(SourceDocument document, string type)
    {
        if (!_types.TryGetValue(document, out var types))
        {
            _types[document] = types = [];
        }
        types.Add(type);
    }

    private static IEnumerable<DocumentHandle> DocumentsOf(
        MetadataReader assembly,
        MetadataReader symbols,
        TypeDefinitionHandle type
    )
    {
        foreach (var method in assembly.GetTypeDefinition(type).GetMethods())
        {
            foreach (
                var point in symbols.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints()
            )
            {
                yield return point.Document;
            }
        }
        // A type without code of its own.
        foreach (var handle in symbols.GetCustomDebugInformation(type))
        {
            var information = symbols.GetCustomDebugInformation(handle);
            if (symbols.GetGuid(information.Kind) == TypeDefinitionDocuments)
            {
                var blob = symbols.GetBlobReader(information.Value);
                while (blob.RemainingBytes > 0)
                {
                    yield return MetadataTokens.DocumentHandle(blob.ReadCompressedInteger());
                }
            }
        }
    }

    private static SourceDocument Read(MetadataReader symbols, DocumentHandle handle)
    {
        var document = symbols.GetDocument(handle);
        return new SourceDocument(
            symbols.GetString(document.Name),
            symbols.GetGuid(document.HashAlgorithm),
            Convert.ToHexStringLower(symbols.GetBlobBytes(document.Hash))
        );
    }

    private static string OutermostOf(MetadataReader assembly, TypeDefinitionHandle handle)
    {
        var type = assembly.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = assembly.GetTypeDefinition(type.GetDeclaringType());
        }
        var (space, name) = (assembly.GetString(type.Namespace), assembly.GetString(type.Name));
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private static FileStream? OpenIfExists(string path) => File.Exists(path) ? File.OpenRead(path) : null;
}
