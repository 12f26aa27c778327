using System.Reflection;

namespace RagStudio.Data.Cli;

/// <summary>Loads an application's assembly.</summary>
internal static class ApplicationAssembly
{
    /// <param name="path">A full path.</param>
    /// <exception cref="CommandException">There is no .NET assembly at the path.</exception>
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

    /// <summary>Returns the types of an assembly, except those with missing dependencies.</summary>
    public static IReadOnlyList<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        // A type without its base class cannot be a usable context. A version that is too new stops the command.
        catch (ReflectionTypeLoadException error)
        {
            var refused = error.LoaderExceptions.Select(Refusal).FirstOrDefault(refusal => refusal is not null);
            return refused is null ? [.. error.Types.OfType<Type>()] : throw refused;
        }
    }

    /// <summary>Finds the refusal to load an assembly, which the runtime wraps.</summary>
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
