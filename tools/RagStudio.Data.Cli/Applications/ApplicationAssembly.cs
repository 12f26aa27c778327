using System.Reflection;

namespace RagStudio.Data.Cli;

/// <summary>Loads an application's assembly.</summary>
internal static class ApplicationAssembly
{
    /// <param name="path">A full path.</param>
    /// <exception cref="CommandException">There is no .NET assembly.</exception>
    public static Assembly Load(string path)
    {
        if (!File.Exists(path))
        {
            throw CommandException.Usage(Missing(path));
        }

        try
        {
            var assembly = new ApplicationLoadContext(path).LoadFromAssemblyPath(path);
            // Applications look for their files and databases beside themselves.
            AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(path) + Path.DirectorySeparatorChar);
            return assembly;
        }
        catch (BadImageFormatException error)
        {
            throw CommandException.Usage(
                $"'{path}' is not a .NET assembly that can be loaded: name the application's .dll, not its .exe.",
                error
            );
        }
        catch (FileLoadException error)
        {
            throw CommandException.Usage($"'{path}' cannot be loaded: {error.Message}", error);
        }
    }

    /// <summary>The types of an assembly, but for those that need what is not there.</summary>
    public static IReadOnlyList<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        // A type whose base is missing is none of the contexts that could be used. A version that is too new stops all.
        catch (ReflectionTypeLoadException error)
        {
            var refused = error.LoaderExceptions.Select(Refusal).FirstOrDefault(refusal => refusal is not null);
            return refused is null ? [.. error.Types.OfType<Type>()] : throw refused;
        }
    }

    /// <summary>What the loading of an assembly was refused with; the runtime wraps it.</summary>
    public static CommandException? Refusal(Exception? error)
    {
        while (error is not (null or CommandException))
        {
            error = error.InnerException;
        }

        return error as CommandException;
    }

    private static string Missing(string path) =>
        Directory.Exists(path)
            ? $"'{path}' is a folder: name the application's .dll in it."
            : $"there is no file '{path}'. Build the application, then name its .dll, for example in bin/Debug.";
}
