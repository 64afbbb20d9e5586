// The same mark that Keyfolio's page sets once its first frame can be used.
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('interactive')));
