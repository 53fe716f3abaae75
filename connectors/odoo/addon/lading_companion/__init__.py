# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
from . import models
from .hooks import post_init_hook, uninstall_hook
