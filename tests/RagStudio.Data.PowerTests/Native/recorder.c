/*
 * Loaded into a process by LD_PRELOAD, this library records in their order all operations that change what is on the disk below one folder, and lets
 * chosen ones fail. It changes no result but those.
 *
 *   POWER_ROOT   the folder, without links in its path
 *   POWER_LOG    the file that takes the records; outside of the folder
 *   POWER_FAULT  class:first:count:errno, e.g. sync:3:1:5 for the third flush; count 0 for all from there on. The classes are those of fault_class.
 *   POWER_NAME   a fault meets only paths that end with this; optional
 *
 * An application's calls come here through the PLT or a table of functions, as those of SQLite and of libSystem.Native do, and by dlsym, as those of
 * .NET's DllImport do: so dlsym is one of the functions below.
 *
 * Copies within the kernel (copy_file_range, sendfile, FICLONE) would hide the bytes. They fail with ENOSYS and EOPNOTSUPP, upon which everybody copies
 * by read and write. What the model does not know (a writable shared mapping, O_SYNC, O_TMPFILE, a hole punched) is recorded as FOREIGN, which fails the
 * tests. The -shm of SQLite is not durable and not recorded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FICLONE_REQUEST 0x40049409UL
#define FICLONERANGE_REQUEST 0x4020940dUL
#define EXPORT __attribute__((visibility("default")))
#define ALIAS(name) __attribute__((visibility("default"), alias(#name)))
#define CALLER __builtin_return_address(0)

enum operation
{
    OPEN = 1, CREATE, WRITE, TRUNCATE, ALLOCATE, SYNC, SYNC_FAILED, RENAME, UNLINK, MKDIR, RMDIR, LINK, SYMLINK, FAULT, FOREIGN
};

enum fault_class { FAIL_NONE, FAIL_SYNC, FAIL_WRITE, FAIL_RENAME, FAIL_UNLINK, FAIL_TRUNCATE, FAIL_CREATE };

static const char *const fault_names[] = { "none", "sync", "write", "rename", "unlink", "truncate", "create" };

enum caller { OTHER, SQLITE, SYSTEM_NATIVE, MANAGED };

struct record
{
    uint32_t operation, caller, path_length, other_length, data_length, reserved;
    uint64_t file;
    int64_t first, second;
};

struct known { dev_t device; ino_t number; uint64_t file; };

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *(*real_dlsym)(void *, const char *);
static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1;
static struct known *files;
static size_t file_count, file_capacity;
static uint64_t last_file;
static enum fault_class failing;
static long fault_first, fault_count, fault_seen;
static int fault_errno;
static const char *fault_name;

static void read_fault(void)
{
    const char *text = getenv("POWER_FAULT");
    char class[16];
    if (text == NULL || sscanf(text, "%15[a-z]:%ld:%ld:%d", class, &fault_first, &fault_count, &fault_errno) != 4)
    {
        return;
    }
    for (size_t i = 1; i < sizeof fault_names / sizeof *fault_names; i++)
    {
        if (strcmp(class, fault_names[i]) == 0)
        {
            failing = (enum fault_class)i;
        }
    }
    fault_name = getenv("POWER_NAME");
}

static void initialise(void)
{
    static const char *const versions[] = { "GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5" };
    for (size_t i = 0; real_dlsym == NULL && i < sizeof versions / sizeof *versions; i++)
    {
        *(void **)&real_dlsym = dlvsym(RTLD_NEXT, "dlsym", versions[i]);
    }
    if (real_dlsym == NULL)
    {
        abort();
    }
    const char *folder = getenv("POWER_ROOT"), *log = getenv("POWER_LOG");
    if (folder == NULL || log == NULL)
    {
        return;
    }
    root_length = (size_t)snprintf(root, sizeof root, "%s", folder);
    log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0)
    {
        abort();
    }
    read_fault();
}

static void *real(const char *name)
{
    pthread_once(&once, initialise);
    void *function = real_dlsym(RTLD_NEXT, name);
    if (function == NULL)
    {
        abort();
    }
    return function;
}

#define REAL(name) \
    static __typeof__(&name) real_##name; \
    if (__atomic_load_n(&real_##name, __ATOMIC_RELAXED) == NULL) \
    { \
        __atomic_store_n(&real_##name, (__typeof__(&name))real(#name), __ATOMIC_RELAXED); \
    }

static void write_all(const void *bytes, size_t length)
{
    for (const char *next = bytes; length > 0;)
    {
        long written = syscall(SYS_write, log_file, next, length);
        if (written < 0)
        {
            if (errno == EINTR)
            {
                continue;
            }
            abort();
        }
        next += written;
        length -= (size_t)written;
    }
}

static enum caller caller_of(void *address)
{
    Dl_info where;
    if (dladdr(address, &where) == 0 || where.dli_fname == NULL)
    {
        return MANAGED;
    }
    return strstr(where.dli_fname, "e_sqlite3") ? SQLITE : strstr(where.dli_fname, "libSystem.Native") ? SYSTEM_NATIVE : OTHER;
}

static void put(enum operation operation, void *caller, uint64_t file, int64_t first, int64_t second, const char *path, const char *other,
    const void *data, size_t length)
{
    int kept = errno;
    struct record record = {
        .operation = operation,
        .caller = caller_of(caller),
        .path_length = path ? (uint32_t)strlen(path) : 0,
        .other_length = other ? (uint32_t)strlen(other) : 0,
        .data_length = (uint32_t)length,
        .file = file,
        .first = first,
        .second = second,
    };
    write_all(&record, sizeof record);
    write_all(path, record.path_length);
    write_all(other, record.other_length);
    write_all(data, length);
    errno = kept;
}

/* Whether a path is below the folder. The folder itself counts. */
static int is_below(const char *path)
{
    size_t length = strlen(path);
    return log_file >= 0 && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == '\0')
        && !(length > 4 && strcmp(path + length - 4, "-shm") == 0);
}

/* The path without links in what leads to it, and without one at its end where that is followed. */
static int resolve(int folder, const char *path, int follow, char *full)
{
    char joined[PATH_MAX * 2], parent[PATH_MAX];
    int kept = errno;
    pthread_once(&once, initialise);
    if (log_file < 0 || path == NULL)
    {
        return 0;
    }
    if (path[0] == '/')
    {
        snprintf(joined, sizeof joined, "%s", path);
    }
    else
    {
        char base[PATH_MAX], link[64];
        if (folder == AT_FDCWD)
        {
            if (getcwd(base, sizeof base) == NULL)
            {
                errno = kept;
                return 0;
            }
        }
        else
        {
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t length = readlink(link, base, sizeof base - 1);
            base[length < 0 ? 0 : length] = '\0';
        }
        snprintf(joined, sizeof joined, "%s/%s", base, path);
    }
    for (size_t length = strlen(joined); length > 1 && joined[length - 1] == '/';)
    {
        joined[--length] = '\0';
    }
    int found = follow && realpath(joined, full) != NULL;
    if (!found)
    {
        char *name = strrchr(joined, '/');
        *name = '\0';
        if (realpath(joined[0] ? joined : "/", parent) != NULL && strlen(parent) + strlen(name + 1) + 2 < PATH_MAX)
        {
            memcpy(full, parent, strlen(parent) + 1);
            strcat(full, "/");
            strcat(full, name + 1);
            found = 1;
        }
    }
    errno = kept;
    return found && is_below(full);
}

static const char *relative(const char *full) { return full[root_length] ? full + root_length + 1 : ""; }

static struct known *find(const struct stat *of)
{
    for (size_t i = file_count; i-- > 0;)
    {
        if (files[i].number == of->st_ino && files[i].device == of->st_dev)
        {
            return &files[i];
        }
    }
    return NULL;
}

static void forget(const struct stat *of)
{
    struct known *file = find(of);
    if (file != NULL)
    {
        *file = files[--file_count];
    }
}

/* Its number may be another file's from here on. */
static void forget_last_name(const struct stat *of)
{
    if (S_ISDIR(of->st_mode) || of->st_nlink <= 1)
    {
        forget(of);
    }
}

static uint64_t add(const struct stat *of)
{
    if (file_count == file_capacity)
    {
        file_capacity = file_capacity ? file_capacity * 2 : 64;
        files = realloc(files, file_capacity * sizeof *files);
        if (files == NULL)
        {
            abort();
        }
    }
    files[file_count++] = (struct known){ of->st_dev, of->st_ino, ++last_file };
    return last_file;
}

/* The file of a descriptor; 0 for one that is not below the folder. Called with the order held. */
static uint64_t file_of(int descriptor)
{
    struct stat of;
    int kept = errno;
    struct known *file = log_file >= 0 && fstat(descriptor, &of) == 0 ? find(&of) : NULL;
    errno = kept;
    return file ? file->file : 0;
}

/* Pipes and sockets are let through without the lock: a signal handler writes to them. */
static int may_be_ours(int descriptor)
{
    struct stat of;
    int kept = errno;
    pthread_once(&once, initialise);
    int is = log_file >= 0 && descriptor != log_file && fstat(descriptor, &of) == 0 && (S_ISREG(of.st_mode) || S_ISDIR(of.st_mode));
    errno = kept;
    return is;
}

static int ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), of_end = strlen(end);
    return length >= of_end && strcmp(text + length - of_end, end) == 0;
}

/* Whether this call is one that fails. */
static int fails(enum fault_class class, void *caller, uint64_t file, const char *path)
{
    if (class != failing || (fault_name != NULL && !ends_with(path, fault_name)))
    {
        return 0;
    }
    fault_seen++;
    if (fault_seen < fault_first || (fault_count > 0 && fault_seen >= fault_first + fault_count))
    {
        return 0;
    }
    put(FAULT, caller, file, class, fault_errno, relative(path), NULL, NULL, 0);
    errno = fault_errno;
    return 1;
}

static int descriptor_fails(enum fault_class class, void *caller, uint64_t file, int descriptor)
{
    char link[64], path[PATH_MAX];
    if (class != failing)
    {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    return is_below(path) && fails(class, caller, file, path);
}

/* Opening */

static int open_any(int folder, const char *path, int flags, mode_t mode, void *caller)
{
    char full[PATH_MAX];
    REAL(openat);
    if (!resolve(folder, path, !(flags & O_NOFOLLOW), full))
    {
        return real_openat(folder, path, flags, mode);
    }
    pthread_mutex_lock(&order);
    struct stat before, after;
    int kept = errno, existed = lstat(full, &before) == 0;
    errno = kept;
    int opened = !existed && (flags & O_CREAT) && fails(FAIL_CREATE, caller, 0, full) ? -1 : real_openat(folder, path, flags, mode);
    if (opened >= 0 && fstat(opened, &after) == 0)
    {
        struct known *known = existed ? find(&after) : NULL;
        uint64_t file = known ? known->file : add(&after);
        if (known == NULL)
        {
            put(existed ? OPEN : CREATE, caller, file, after.st_mode & 07777, 0, relative(full), NULL, NULL, 0);
        }
        if (existed && (flags & O_TRUNC) && before.st_size > 0)
        {
            put(TRUNCATE, caller, file, 0, 0, NULL, NULL, NULL, 0);
        }
        if ((flags & O_TMPFILE) == O_TMPFILE || ((flags & (O_SYNC | O_DSYNC)) && (flags & O_ACCMODE) != O_RDONLY))
        {
            put(FOREIGN, caller, file, flags, 0, relative(full), "open", NULL, 0);
        }
    }
    pthread_mutex_unlock(&order);
    return opened;
}

#define MODE_OF(flags, mode) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) \
    { \
        va_list arguments; \
        va_start(arguments, flags); \
        mode = va_arg(arguments, mode_t); \
        va_end(arguments); \
    }

EXPORT int open(const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    return open_any(AT_FDCWD, path, flags, mode, CALLER);
}

EXPORT int openat(int folder, const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    return open_any(folder, path, flags, mode, CALLER);
}

EXPORT int open64(const char *path, int flags, ...) ALIAS(open);
EXPORT int openat64(int folder, const char *path, int flags, ...) ALIAS(openat);
EXPORT int __open_2(const char *path, int flags) { return open_any(AT_FDCWD, path, flags, 0, CALLER); }
EXPORT int __open64_2(const char *path, int flags) { return open_any(AT_FDCWD, path, flags, 0, CALLER); }
EXPORT int __openat_2(int folder, const char *path, int flags) { return open_any(folder, path, flags, 0, CALLER); }
EXPORT int __openat64_2(int folder, const char *path, int flags) { return open_any(folder, path, flags, 0, CALLER); }
EXPORT int creat(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode, CALLER); }
EXPORT int creat64(const char *path, mode_t mode) ALIAS(creat);

/* Content */

static void put_written(void *caller, uint64_t file, off_t at, const struct iovec *parts, int count, ssize_t written)
{
    for (int i = 0; i < count && written > 0; i++)
    {
        size_t length = parts[i].iov_len < (size_t)written ? parts[i].iov_len : (size_t)written;
        if (length > 0)
        {
            put(WRITE, caller, file, at, 0, NULL, NULL, parts[i].iov_base, length);
        }
        at += (off_t)length;
        written -= (ssize_t)length;
    }
}

/* at is -1 for the descriptor's own position. */
static ssize_t write_any(int descriptor, const struct iovec *parts, int count, off_t at, int flags, void *caller)
{
    REAL(writev);
    REAL(pwritev2);
    int ours = may_be_ours(descriptor);
    if (ours)
    {
        pthread_mutex_lock(&order);
    }
    uint64_t file = ours ? file_of(descriptor) : 0;
    ssize_t written;
    if (file != 0 && descriptor_fails(FAIL_WRITE, caller, file, descriptor))
    {
        written = -1;
    }
    else
    {
        written = at < 0 && flags == 0 ? real_writev(descriptor, parts, count) : real_pwritev2(descriptor, parts, count, at, flags);
    }
    if (file != 0 && written > 0)
    {
        put_written(caller, file, at < 0 ? lseek(descriptor, 0, SEEK_CUR) - written : at, parts, count, written);
    }
    if (ours)
    {
        pthread_mutex_unlock(&order);
    }
    return written;
}

EXPORT ssize_t write(int descriptor, const void *bytes, size_t length)
{
    struct iovec part = { (void *)bytes, length };
    return write_any(descriptor, &part, 1, -1, 0, CALLER);
}

EXPORT ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t at)
{
    struct iovec part = { (void *)bytes, length };
    return write_any(descriptor, &part, 1, at, 0, CALLER);
}

EXPORT ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off_t at) ALIAS(pwrite);

EXPORT ssize_t writev(int descriptor, const struct iovec *parts, int count) { return write_any(descriptor, parts, count, -1, 0, CALLER); }

EXPORT ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t at)
{
    return write_any(descriptor, parts, count, at, 0, CALLER);
}

EXPORT ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off_t at) ALIAS(pwritev);

EXPORT ssize_t pwritev2(int descriptor, const struct iovec *parts, int count, off_t at, int flags)
{
    return write_any(descriptor, parts, count, at, flags, CALLER);
}

EXPORT ssize_t pwritev64v2(int descriptor, const struct iovec *parts, int count, off_t at, int flags) ALIAS(pwritev2);

EXPORT int ftruncate(int descriptor, off_t length)
{
    REAL(ftruncate);
    if (!may_be_ours(descriptor))
    {
        return real_ftruncate(descriptor, length);
    }
    pthread_mutex_lock(&order);
    uint64_t file = file_of(descriptor);
    int failed = file != 0 && descriptor_fails(FAIL_TRUNCATE, CALLER, file, descriptor) ? -1 : real_ftruncate(descriptor, length);
    if (failed == 0 && file != 0)
    {
        put(TRUNCATE, CALLER, file, length, 0, NULL, NULL, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int ftruncate64(int descriptor, off_t length) ALIAS(ftruncate);

EXPORT int truncate(const char *path, off_t length)
{
    char full[PATH_MAX];
    REAL(truncate);
    if (!resolve(AT_FDCWD, path, 1, full))
    {
        return real_truncate(path, length);
    }
    pthread_mutex_lock(&order);
    int failed = fails(FAIL_TRUNCATE, CALLER, 0, full) ? -1 : real_truncate(path, length);
    if (failed == 0)
    {
        put(FOREIGN, CALLER, 0, length, 0, relative(full), "truncate", NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int truncate64(const char *path, off_t length) ALIAS(truncate);

EXPORT int fallocate(int descriptor, int mode, off_t at, off_t length)
{
    REAL(fallocate);
    if (!may_be_ours(descriptor))
    {
        return real_fallocate(descriptor, mode, at, length);
    }
    pthread_mutex_lock(&order);
    uint64_t file = file_of(descriptor);
    int failed = file != 0 && descriptor_fails(FAIL_WRITE, CALLER, file, descriptor) ? -1 : real_fallocate(descriptor, mode, at, length);
    if (failed == 0 && file != 0 && !(mode & FALLOC_FL_KEEP_SIZE))
    {
        put(mode == 0 ? ALLOCATE : FOREIGN, CALLER, file, at + length, 0, NULL, NULL, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int fallocate64(int descriptor, int mode, off_t at, off_t length) ALIAS(fallocate);

EXPORT int posix_fallocate(int descriptor, off_t at, off_t length)
{
    int kept = errno, failed = fallocate(descriptor, 0, at, length) == 0 ? 0 : errno;
    errno = kept;
    return failed;
}

EXPORT int posix_fallocate64(int descriptor, off_t at, off_t length) ALIAS(posix_fallocate);

static int is_recorded(int descriptor)
{
    if (!may_be_ours(descriptor))
    {
        return 0;
    }
    pthread_mutex_lock(&order);
    uint64_t file = file_of(descriptor);
    pthread_mutex_unlock(&order);
    return file != 0;
}

EXPORT ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *to_at, size_t length, unsigned int flags)
{
    REAL(copy_file_range);
    if (is_recorded(to))
    {
        errno = ENOSYS;
        return -1;
    }
    return real_copy_file_range(from, at, to, to_at, length, flags);
}

ssize_t sendfile(int to, int from, off_t *at, size_t length);

EXPORT ssize_t sendfile(int to, int from, off_t *at, size_t length)
{
    REAL(sendfile);
    if (is_recorded(to))
    {
        errno = ENOSYS;
        return -1;
    }
    return real_sendfile(to, from, at, length);
}

EXPORT ssize_t sendfile64(int to, int from, off_t *at, size_t length) ALIAS(sendfile);

EXPORT int ioctl(int descriptor, unsigned long request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    REAL(ioctl);
    if ((request == FICLONE_REQUEST || request == FICLONERANGE_REQUEST) && is_recorded(descriptor))
    {
        errno = EOPNOTSUPP;
        return -1;
    }
    return real_ioctl(descriptor, request, argument);
}

EXPORT void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t at)
{
    REAL(mmap);
    if ((protection & PROT_WRITE) && (flags & MAP_SHARED) && descriptor >= 0 && is_recorded(descriptor))
    {
        pthread_mutex_lock(&order);
        put(FOREIGN, CALLER, file_of(descriptor), at, 0, NULL, "mmap", NULL, 0);
        pthread_mutex_unlock(&order);
    }
    return real_mmap(address, length, protection, flags, descriptor, at);
}

EXPORT void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off_t at) ALIAS(mmap);

/* Flushing */

static int sync_any(int descriptor, int (*flush)(int), void *caller)
{
    if (!may_be_ours(descriptor))
    {
        return flush(descriptor);
    }
    pthread_mutex_lock(&order);
    uint64_t file = file_of(descriptor);
    int failed;
    if (file != 0 && descriptor_fails(FAIL_SYNC, caller, file, descriptor))
    {
        put(SYNC_FAILED, caller, file, 0, 0, NULL, NULL, NULL, 0);
        failed = -1;
    }
    else
    {
        failed = flush(descriptor);
        if (failed == 0 && file != 0)
        {
            put(SYNC, caller, file, 0, 0, NULL, NULL, NULL, 0);
        }
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int fsync(int descriptor)
{
    REAL(fsync);
    return sync_any(descriptor, real_fsync, CALLER);
}

EXPORT int fdatasync(int descriptor)
{
    REAL(fdatasync);
    return sync_any(descriptor, real_fdatasync, CALLER);
}

/* Names */

static int rename_any(int folder, const char *from, int to_folder, const char *to, unsigned int flags, void *caller)
{
    char full[PATH_MAX], target[PATH_MAX];
    REAL(renameat2);
    int below = resolve(folder, from, 0, full), to_below = resolve(to_folder, to, 0, target);
    if (!below && !to_below)
    {
        return real_renameat2(folder, from, to_folder, to, flags);
    }
    pthread_mutex_lock(&order);
    struct stat replaced;
    int kept = errno, replaces = lstat(target, &replaced) == 0;
    errno = kept;
    int failed = fails(FAIL_RENAME, caller, 0, to_below ? target : full) ? -1 : real_renameat2(folder, from, to_folder, to, flags);
    if (failed == 0)
    {
        if (replaces)
        {
            forget_last_name(&replaced);
        }
        int known = below && to_below && !(flags & ~(unsigned int)RENAME_NOREPLACE);
        put(known ? RENAME : FOREIGN, caller, 0, 0, 0, below ? relative(full) : NULL, to_below ? relative(target) : NULL, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int rename(const char *from, const char *to) { return rename_any(AT_FDCWD, from, AT_FDCWD, to, 0, CALLER); }

EXPORT int renameat(int folder, const char *from, int to_folder, const char *to)
{
    return rename_any(folder, from, to_folder, to, 0, CALLER);
}

EXPORT int renameat2(int folder, const char *from, int to_folder, const char *to, unsigned int flags)
{
    return rename_any(folder, from, to_folder, to, flags, CALLER);
}

static int remove_any(int folder, const char *path, int flags, void *caller)
{
    char full[PATH_MAX];
    REAL(unlinkat);
    if (!resolve(folder, path, 0, full))
    {
        return real_unlinkat(folder, path, flags);
    }
    pthread_mutex_lock(&order);
    struct stat before;
    int kept = errno, existed = lstat(full, &before) == 0;
    errno = kept;
    int failed = fails(FAIL_UNLINK, caller, 0, full) ? -1 : real_unlinkat(folder, path, flags);
    if (failed == 0)
    {
        if (existed)
        {
            forget_last_name(&before);
        }
        put(flags & AT_REMOVEDIR ? RMDIR : UNLINK, caller, 0, 0, 0, relative(full), NULL, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int unlink(const char *path) { return remove_any(AT_FDCWD, path, 0, CALLER); }
EXPORT int unlinkat(int folder, const char *path, int flags) { return remove_any(folder, path, flags, CALLER); }
EXPORT int rmdir(const char *path) { return remove_any(AT_FDCWD, path, AT_REMOVEDIR, CALLER); }

EXPORT int remove(const char *path)
{
    struct stat of;
    return lstat(path, &of) == 0 && S_ISDIR(of.st_mode) ? rmdir(path) : unlink(path);
}

static int make_folder(int folder, const char *path, mode_t mode, void *caller)
{
    char full[PATH_MAX];
    REAL(mkdirat);
    if (!resolve(folder, path, 0, full))
    {
        return real_mkdirat(folder, path, mode);
    }
    pthread_mutex_lock(&order);
    struct stat of;
    int exists = lstat(full, &of) == 0;
    int failed = !exists && fails(FAIL_CREATE, caller, 0, full) ? -1 : real_mkdirat(folder, path, mode);
    if (failed == 0)
    {
        put(MKDIR, caller, 0, mode, 0, relative(full), NULL, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int mkdir(const char *path, mode_t mode) { return make_folder(AT_FDCWD, path, mode, CALLER); }
EXPORT int mkdirat(int folder, const char *path, mode_t mode) { return make_folder(folder, path, mode, CALLER); }

static int link_any(int folder, const char *from, int to_folder, const char *to, int flags, void *caller)
{
    char full[PATH_MAX], target[PATH_MAX];
    REAL(linkat);
    int below = resolve(folder, from, 0, full), to_below = resolve(to_folder, to, 0, target);
    if (!to_below)
    {
        return real_linkat(folder, from, to_folder, to, flags);
    }
    pthread_mutex_lock(&order);
    int failed = fails(FAIL_CREATE, caller, 0, target) ? -1 : real_linkat(folder, from, to_folder, to, flags);
    if (failed == 0)
    {
        put(below ? LINK : FOREIGN, caller, 0, 0, 0, below ? relative(full) : NULL, relative(target), NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int link(const char *from, const char *to) { return link_any(AT_FDCWD, from, AT_FDCWD, to, 0, CALLER); }

EXPORT int linkat(int folder, const char *from, int to_folder, const char *to, int flags)
{
    return link_any(folder, from, to_folder, to, flags, CALLER);
}

static int symlink_any(const char *from, int folder, const char *to, void *caller)
{
    char target[PATH_MAX];
    REAL(symlinkat);
    if (!resolve(folder, to, 0, target))
    {
        return real_symlinkat(from, folder, to);
    }
    pthread_mutex_lock(&order);
    int failed = fails(FAIL_CREATE, caller, 0, target) ? -1 : real_symlinkat(from, folder, to);
    if (failed == 0)
    {
        put(SYMLINK, caller, 0, 0, 0, relative(target), from, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return failed;
}

EXPORT int symlink(const char *from, const char *to) { return symlink_any(from, AT_FDCWD, to, CALLER); }
EXPORT int symlinkat(const char *from, int folder, const char *to) { return symlink_any(from, folder, to, CALLER); }

/* Ways around the functions above */

/* libSystem.Native calls copy_file_range by its number. */
EXPORT long syscall(long number, ...)
{
    static long (*real_syscall)(long, ...);
    long a[6];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < 6; i++)
    {
        a[i] = va_arg(arguments, long);
    }
    va_end(arguments);
    if (number == SYS_copy_file_range && is_recorded((int)a[2]))
    {
        errno = ENOSYS;
        return -1;
    }
    if (number == SYS_renameat2)
    {
        return rename_any((int)a[0], (const char *)a[1], (int)a[2], (const char *)a[3], (unsigned int)a[4], CALLER);
    }
    if (real_syscall == NULL)
    {
        /* Not by real(): initialise itself comes here. */
        *(void **)&real_syscall = dlvsym(RTLD_NEXT, "syscall", "GLIBC_2.2.5");
        if (real_syscall == NULL)
        {
            *(void **)&real_syscall = dlvsym(RTLD_NEXT, "syscall", "GLIBC_2.17");
        }
    }
    return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

#define OURS(name) { #name, (void *)name }

static const struct { const char *name; void *function; } ours[] = {
    OURS(open), OURS(open64), OURS(openat), OURS(openat64), OURS(creat), OURS(creat64), OURS(write), OURS(pwrite), OURS(pwrite64), OURS(writev),
    OURS(pwritev), OURS(pwritev64), OURS(pwritev2), OURS(pwritev64v2), OURS(ftruncate), OURS(ftruncate64), OURS(truncate), OURS(truncate64),
    OURS(fallocate), OURS(fallocate64), OURS(posix_fallocate), OURS(posix_fallocate64), OURS(copy_file_range), OURS(sendfile), OURS(sendfile64),
    OURS(ioctl), OURS(mmap), OURS(mmap64), OURS(fsync), OURS(fdatasync), OURS(rename), OURS(renameat), OURS(renameat2), OURS(unlink), OURS(unlinkat),
    OURS(rmdir), OURS(remove), OURS(mkdir), OURS(mkdirat), OURS(link), OURS(linkat), OURS(symlink), OURS(symlinkat), OURS(syscall),
};

EXPORT void *dlsym(void *handle, const char *name)
{
    pthread_once(&once, initialise);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    {
        if (strcmp(name, ours[i].name) == 0)
        {
            return ours[i].function;
        }
    }
    return real_dlsym(handle, name);
}
